import type { BillingPortal } from '../../server/contract/billing-portal.ts'
import type {
  LicenseExpiries,
  LicenseIds,
  LicenseList,
  LicenseQuery,
} from '../../server/contract/licenses.ts'
import type {
  PaymentMethodList,
  PaymentMethodSetup,
} from '../../server/contract/payment-methods.ts'
import type { Order } from '../../server/contract/orders.ts'
import type { RefundRequest } from '../../server/contract/refunds.ts'
import type { RenewalDayBody } from '../../server/contract/renewal-day.ts'
import type { RenewalModeAnswer, RenewalModeRequest } from '../../server/contract/renewals.ts'
import { readJson } from './answer.ts'
import { type Client, search } from './client.ts'

export type RenewalDay = RenewalDayBody['day']

/** What only the renewal desk asks the License Center. */
export class RenewalClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  /** One page, and how many licenses each of the four tabs has under the same filters. */
  async licenses(query: LicenseQuery, signal?: AbortSignal): Promise<LicenseList> {
    return this.#client.licenses({ ...query, counts: 'renewal_mode' }, signal)
  }

  /** All that match, at most 1,000, the first to expire first. */
  async ids(query: LicenseQuery, signal?: AbortSignal): Promise<LicenseIds> {
    const path = `licenses/ids${search(filterOf(query))}`
    return this.#client.call(path, { signal }, (response) =>
      readJson<LicenseIds>(response, ['ids', 'count']),
    )
  }

  /** Licenses per day of the next twelve months. */
  async expiries(query: LicenseQuery, signal?: AbortSignal): Promise<LicenseExpiries> {
    const path = `licenses/expiries${search({ ...filterOf(query), months: 12 })}`
    return this.#client.call(path, { signal }, (response) =>
      readJson<LicenseExpiries>(response, ['data', 'from', 'to']),
    )
  }

  /** All or none; the same again changes nothing. */
  async setMode(body: RenewalModeRequest, signal?: AbortSignal): Promise<RenewalModeAnswer> {
    return this.#client.call('renewals/mode', { method: 'POST', body, signal }, (response) =>
      readJson<RenewalModeAnswer>(response, ['data']),
    )
  }

  /** Takes back a whole renewal that has not begun; the same again is the same refund. */
  async undo(orderId: string, signal?: AbortSignal): Promise<Order> {
    const body = { kind: 'period', reason: 'Taken back before it began.' } satisfies RefundRequest
    const path = `orders/${encodeURIComponent(orderId)}/refund`
    return this.#client.call(path, { method: 'POST', body, signal }, (response) =>
      readJson<Order>(response, ['id', 'refunds']),
    )
  }

  async renewalDay(signal?: AbortSignal): Promise<RenewalDay> {
    return this.#client.call('renewal-day', { signal }, readDay)
  }

  async setRenewalDay(day: RenewalDay, signal?: AbortSignal): Promise<RenewalDay> {
    return this.#client.call('renewal-day', { method: 'PUT', body: { day }, signal }, readDay)
  }

  async paymentMethods(signal?: AbortSignal): Promise<PaymentMethodList> {
    return this.#client.call('payment-methods', { signal }, (response) =>
      readJson<PaymentMethodList>(response, ['data']),
    )
  }

  /** @param returnUrl where the provider's page leads back to; an origin the product registered */
  async billingPortal(returnUrl: string | null, signal?: AbortSignal): Promise<BillingPortal> {
    const body = { return_url: returnUrl }
    return this.#client.call('billing-portal', { method: 'POST', body, signal }, (response) =>
      readJson<BillingPortal>(response, ['url']),
    )
  }

  /** @returns the provider's page on which a method is saved; nothing is charged there */
  async savePaymentMethod(
    returnUrl: string,
    locale: string,
    signal?: AbortSignal,
  ): Promise<PaymentMethodSetup> {
    const body = { return_url: returnUrl, locale }
    return this.#client.call('payment-methods', { method: 'POST', body, signal }, (response) =>
      readJson<PaymentMethodSetup>(response, ['url']),
    )
  }
}

const readDay = async (response: Response): Promise<RenewalDay> =>
  (await readJson<RenewalDayBody>(response, ['day'])).day

/** These two answer about all that match: order and page have no meaning there. */
function filterOf(query: LicenseQuery): LicenseQuery {
  const { sort: _sort, limit: _limit, cursor: _cursor, counts: _counts, ...filter } = query
  return filter
}
