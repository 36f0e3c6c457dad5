/** A hundred licenses of one customer, to be renewed in one order. */
import type { QuoteRequest } from '../../server/contract/quotes.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { pay } from '../support/payment-page.ts'
import type { Runtime } from './runtimes.ts'

type Many = (runtime: Runtime, request: QuoteRequest) => Promise<() => Promise<Response>>

/** Five orders of twenty licenses each, paid once for all of them. */
export function manyRenewals(act: Many) {
  return async (runtime: Runtime) => {
    const buyer = runtime.as('recover', 'hundred')
    const { data } = await buyer.licenses({ type: 'dr', limit: 200 })
    for (let order = data.length / 20; order < 5; order++) {
      const placed = await buyer.buy(Array.from({ length: 20 }, () => DR_MONTHLY))
      await pay(placed)
      // Fulfils it at once, whether or not a webhook is on its way.
      await fetch(`${runtime.system.origin}/pay/return?order=${placed.id}`)
    }
    const { ids } = await (await buyer.send('licenses/ids?type=dr')).json()
    const renewals = ids.map((id: string) => ({ license_id: id }))
    return act(runtime, { renewals, duration: { months: 1 }, align: true })
  }
}

export async function pricing(runtime: Runtime, body: QuoteRequest) {
  return () => runtime.as('recover', 'hundred').send('quotes', { body })
}

export async function ordering(runtime: Runtime, request: QuoteRequest) {
  const buyer = runtime.as('recover', 'hundred')
  const { id, notices } = await buyer.price(request)
  return () => buyer.send('orders', { body: { quote_id: id, notices_version: notices.version } })
}
