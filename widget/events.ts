import type { ApiProblem } from './api/problem.ts'

/** What both elements tell the host page. All bubble and cross shadow roots; none carries a secret. */

export interface LicenseEventDetails {
  /** The catalogue is on the screen. */
  'license-ready': { readonly product: string; readonly sandbox: boolean }
  /** A price for the current selection was given. */
  'license-quote': {
    readonly quoteId: string
    readonly totalMinor: number
    readonly currency: string
  }
  /** Cancelable: before an order is placed. `preventDefault()` leaves the form as it is. */
  'license-checkout-request': {
    /** Of the first line. */
    readonly plan: string
    readonly quantity: number
    readonly totalMinor: number
    readonly currency: string
    /** What is renewed; empty for a purchase. */
    readonly licenseIds: readonly string[]
  }
  /** The customer followed the link to the payment page. */
  'license-payment-open': { readonly orderId: string }
  /** The bank has the payment; the result comes later (P10). */
  'license-payment-pending': { readonly orderId: string }
  /** The server says that the order is paid and its licenses exist. Never sooner. */
  'license-purchased': {
    readonly orderId: string
    readonly licenseIds: readonly string[]
    readonly totalMinor: number
    readonly currency: string
  }
  /** The server says that a renewal is paid. */
  'license-renewed': {
    readonly orderId: string
    readonly licenseIds: readonly string[]
    readonly totalMinor: number
    readonly currency: string
  }
  'license-autorenew-changed': {
    readonly licenseIds: readonly string[]
    readonly mode: 'manual' | 'auto' | 'pay_per_use' | 'canceled'
  }
  /** The customer canceled the order; nothing was charged. */
  'license-cancelled': { readonly orderId: string }
  /** `code` is a problem code of the API, or `auth`, `config`, `network.…`, `answer.unreadable`. */
  'license-error': {
    readonly code: string
    readonly message: string
    readonly requestId: string | null
  }
}

export type LicenseEventName = keyof LicenseEventDetails

const CANCELABLE: readonly LicenseEventName[] = ['license-checkout-request']

export class LicenseEvent<Name extends LicenseEventName> extends Event {
  readonly detail: LicenseEventDetails[Name]

  constructor(name: Name, detail: LicenseEventDetails[Name]) {
    super(name, { bubbles: true, composed: true, cancelable: CANCELABLE.includes(name) })
    this.detail = detail
  }
}

export function errorEvent({
  code,
  message,
  requestId,
}: ApiProblem): LicenseEvent<'license-error'> {
  return new LicenseEvent('license-error', { code, message, requestId })
}

type LicenseEventMap = { [Name in LicenseEventName]: LicenseEvent<Name> }

declare global {
  interface GlobalEventHandlersEventMap extends LicenseEventMap {}
}
