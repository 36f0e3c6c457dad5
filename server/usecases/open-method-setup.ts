/** Opens a page where a customer saves a payment method; nothing is charged there. */
import { eq } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { readSetupOwner } from '../db/queries/method-setups.ts'
import { customers, methodSetups } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { providerCustomerOf } from './provider-customer.ts'
import { checkReturnUrl } from './return-url.ts'

/** As long as the page of an order. */
const PAGE_LIFE = { minutes: 35 }
/** A page that closes sooner is not handed out again. */
const STILL_USEFUL = { minutes: 5 }
const FIRST_LOOK = { seconds: 60 }

/**
 * Whoever asks again, since they heard nothing or pressed twice, gets the page that is open already.
 *
 * @returns the address of the page
 * @throws Refused `customer.no_order_yet`, `request.invalid` (return_url), `payment.unavailable`
 */
export function openMethodSetup(
  deps: Deps,
  product: Product,
  scope: CustomerScope,
  request: { readonly returnUrl: string; readonly locale: string | null },
): Promise<string> {
  const returnUrl = checkReturnUrl(deps, product, request.returnUrl)
  const id = deps.newId('set')
  return decideAndCommit(
    deps,
    { commandKey: `method-setup:${id}` },
    async (): Promise<Decision<string>> => {
      const openUntil = deps.now().add(STILL_USEFUL)
      const { customer, open } = await readSetupOwner(deps.db, scope, { returnUrl, openUntil })
      if (customer === null) throw new Refused('customer.no_order_yet')
      const known = open && (await deps.payments.readCheckout(open.sessionId))
      if (known?.state === 'open' && known.url !== null) return { change: null, result: known.url }
      const providerCustomer = await providerCustomerOf(deps, customer)
      const createdAt = wholeSecond(deps.now())
      const page = await deps.payments.openSetup({
        setupId: id,
        productId: product.id,
        currency: product.currencies[0] ?? 'USD',
        providerCustomer,
        locale: request.locale ?? customer.locale,
        successUrl: returnPage(deps, id, 'saved'),
        cancelUrl: returnPage(deps, id, 'left'),
        expiresAt: createdAt.add(PAGE_LIFE),
      })
      if (page.url === null) throw new Error(`page ${page.id} of setup ${id} is closed`)
      return {
        change: {
          journal: [
            {
              stream: `method_setup:${id}`,
              version: 1,
              type: 'method_setup.opened',
              actor: `customer:${customer.id}`,
              productId: product.id,
              data: { customer: customer.id, session: page.id },
            },
          ],
          statements: [
            deps.db.orm.insert(methodSetups).values({
              id,
              customerId: customer.id,
              sessionId: page.id,
              returnUrl,
              state: 'open',
              createdAt,
              expiresAt: page.expiresAt,
              sweepAt: createdAt.add(FIRST_LOOK),
              version: 1,
            }),
            deps.db.orm
              .update(customers)
              .set({ providerCustomer })
              .where(eq(customers.id, customer.id)),
          ],
        },
        result: page.url,
      }
    },
  )
}

function returnPage(deps: Deps, id: string, how: 'saved' | 'left'): string {
  return `${deps.config.centerOrigin}/pay/return?setup=${id}&how=${how}`
}
