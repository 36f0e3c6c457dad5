/** The receipt of an order as its page shows it, read from the amounts that the page marks as data. */
import { expect } from 'vitest'
import type { Order } from '../../server/contract/orders.ts'
import type { TestSystem } from './system.ts'

export interface Receipt {
  readonly html: string
  readonly response: Response
  /** Minor units. */
  readonly lines: readonly number[]
  readonly subtotal: number
  readonly tax: number
  readonly total: number
  /** Each payment that was taken. */
  readonly charged: readonly number[]
  /** Below zero. */
  readonly refunded: readonly number[]
  /** Below zero: what the customer's bank took back, by a dispute that was lost. */
  readonly reversed: readonly number[]
  /** What is left after both; null when there was neither. */
  readonly kept: number | null
}

/** @throws Error when the order has no receipt, or its page does not say what one must */
export async function receiptOf(
  order: Pick<Order, 'receipt_url'>,
  locale = 'en',
): Promise<Receipt> {
  if (order.receipt_url === null) throw new Error('the order has no receipt')
  const response = await fetch(order.receipt_url, { headers: { 'Accept-Language': locale } })
  const html = await response.text()
  if (!response.ok) throw new Error(`${response.status}: ${html}`)
  const amounts = (name: string) =>
    [...html.matchAll(new RegExp(`<data value="(-?\\d+)" class="${name}">`, 'g'))].map((found) =>
      Number(found[1]),
    )
  const only = (name: string) => {
    const [amount, ...others] = amounts(name)
    if (amount === undefined || others.length > 0) throw new Error(`not one ${name}: ${html}`)
    return amount
  }
  return {
    html,
    response,
    lines: amounts('line'),
    subtotal: only('subtotal'),
    tax: amounts('tax').reduce((sum, amount) => sum + amount, 0),
    total: only('total'),
    charged: amounts('charged'),
    refunded: amounts('refunded'),
    reversed: amounts('reversed'),
    kept: amounts('kept')[0] ?? null,
  }
}

/** What the provider really took for an order, by page and by charge, in minor units. */
export function takenFor({ system }: TestSystem, orderId: string): readonly number[] {
  const { truth } = system.stripe
  return [...truth.payments(), ...truth.charges()]
    .filter((payment) => payment.orderId === orderId && payment.status === 'succeeded')
    .map(({ amount }) => amount)
}

/** R13: shown = ordered = charged = receipted, to the cent, and the lines add up to it. */
export async function expectOneTotal(
  center: TestSystem,
  shown: number,
  order: Order,
): Promise<Receipt> {
  const receipt = await receiptOf(order)
  const { lines, total, charged } = receipt
  expect({ ordered: order.total, taken: takenFor(center, order.id), total, charged }).toEqual({
    ordered: shown,
    taken: [shown],
    total: shown,
    charged: [shown],
  })
  const onTop = order.total - order.subtotal
  expect(lines.reduce((sum, amount) => sum + amount, onTop)).toBe(shown)
  return receipt
}
