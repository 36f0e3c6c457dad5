/** Mistakes in the life of an order and in what it brings. */
import type { PlantedBug } from './patches.ts'

const PLACE = 'server/usecases/place-order.ts'
const CANCEL = 'server/usecases/cancel-order.ts'
const FULFIL = 'server/usecases/fulfil-order.ts'
const CONSEQUENCES = 'server/usecases/settlement-consequences.ts'

export const ORDER_BUGS: readonly PlantedBug[] = [
  {
    name: 'canceled-while-paid',
    file: CANCEL,
    find: `if (session?.state === 'complete') {`,
    replace: `if (session?.state === 'complete' && session.payment === 'failed') {`,
    foundBy: ['I5', 'I2', 'I12', 'P17', 'crash'],
  },
  {
    name: 'page-not-closed-at-cancel',
    file: CANCEL,
    find: `await deps.payments.expireCheckout(sessionId)`,
    replace: `await deps.payments.readCheckout(sessionId)`,
    foundBy: ['S15'],
  },
  {
    name: 'promo-use-kept-at-cancel',
    file: CANCEL,
    find: `.set({ state: 'released' })`,
    replace: `.set({ state: 'reserved' })`,
    foundBy: ['R14'],
  },
  {
    name: 'promo-use-kept-at-expiry',
    file: CONSEQUENCES,
    find: `expire: 'released',`,
    replace: '',
    foundBy: ['R14'],
  },
  {
    name: 'promo-use-never-counted',
    file: CONSEQUENCES,
    find: `issued: 'counted',`,
    replace: '',
    foundBy: ['R14'],
  },
  {
    name: 'promo-reserved-without-its-stream',
    file: 'server/usecases/new-order.ts',
    find: `...(promo
          ? [entry(promo.stream, promo.version, 'promo.reserved', { order: order.id })]
          : []),`,
    replace: '',
    foundBy: ['R14'],
  },
  {
    name: 'promo-limit-not-checked',
    file: 'server/domain/promo.ts',
    find: `if (promo.max_uses !== undefined && total >= promo.max_uses) return 'used_up'`,
    replace: '',
    foundBy: ['R14'],
  },
  {
    name: 'confirmation-forgotten',
    file: CONSEQUENCES,
    find: `return [orderMail(deps, record, { kind: 'order.confirmation', data })]`,
    replace: `return data === null ? [orderMail(deps, record, { kind: 'order.confirmation', data })] : []`,
    foundBy: ['I7'],
  },
  {
    name: 'review-without-a-task',
    file: CONSEQUENCES,
    find: `if (outcome.kind !== 'review') return []`,
    replace: `return []`,
    foundBy: ['S62', 'I2', 'P09'],
  },
  {
    name: 'zero-total-not-issued',
    file: PLACE,
    find: `if (order.state === 'payable') {`,
    replace: `if (order.state === 'paid') {`,
    foundBy: ['S13', 'I2'],
  },
  {
    name: 'page-not-opened-again',
    file: PLACE,
    find: `return { ...placed, record: await opened(deps, product, placed.record) }`,
    replace: `return placed.isRepeat ? placed : { ...placed, record: await opened(deps, product, placed.record) }`,
    foundBy: ['S13'],
  },
  {
    name: 'complimentary-forgotten',
    file: 'server/domain/issuance.ts',
    find: `return [paid, ...free]`,
    replace: `return free.length > 9 ? [paid, ...free] : [paid]`,
    foundBy: ['S22'],
  },
  {
    name: 'fulfilled-without-entry',
    file: 'server/usecases/order-change.ts',
    find: `const set = { ...step.set, version }`,
    replace: `const set = { ...step.set, version: step.type === 'order.fulfilled' ? order.version : version }`,
    foundBy: ['I8'],
  },
  {
    name: 'licenses-issued-without-journal',
    file: FULFIL,
    find: `...issued.journal,`,
    replace: '',
    foundBy: ['I8'],
  },
]
