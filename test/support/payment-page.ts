/** What a buyer does on the payment page, as its plain form sends it. */
import { z } from 'zod'
import type { Order } from '../../server/contract/orders.ts'

type Payable = Pick<Order, 'payment_url'>

export const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  noFunds: '4000000000009995',
  threeDSecure: '4000002500003155',
} as const

/** Pays by card; a 303 leads to the return page, which nobody visits unless `visitReturnPage` does. */
export function pay(order: Payable, card: string = CARDS.good): Promise<Response> {
  return submit(order, { card_number: card, exp: '12/34', cvc: '123' })
}

/** Hands in a bank debit, which settles 30 seconds later or when `_control` says so. */
export function payByBank(order: Payable): Promise<Response> {
  return submit(order, { method: 'bank_debit', account_number: '000123456789' })
}

/** Answers the bank's question after `pay(order, CARDS.threeDSecure)`. */
export function complete3ds(order: Payable, action: 'complete' | 'fail' = 'complete') {
  return post(`${urlOf(order)}/challenge`, { action })
}

/** Where the payment page sends the buyer's window. */
export function visitReturnPage(paid: Response): Promise<Response> {
  return fetch(z.string().parse(paid.headers.get('Location')), { redirect: 'manual' })
}

function submit(order: Payable, fields: Record<string, string>): Promise<Response> {
  return post(urlOf(order), { action: 'pay', ...fields })
}

function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
}

function urlOf({ payment_url }: Payable): string {
  if (payment_url === null) throw new Error('the order has no payment page')
  return payment_url
}
