/** Mistakes in judging what a payment means. */
import type { PlantedBug } from './patches.ts'

const JUDGEMENT = 'server/domain/payment-judgement.ts'
const SETTLE = 'server/usecases/settle-order.ts'

export const PAYMENT_BUGS: readonly PlantedBug[] = [
  {
    name: 'amount-not-compared',
    file: JUDGEMENT,
    find: `if (session.amountTotal !== order.total) return review('amount_mismatch')`,
    replace: '',
    foundBy: ['I3'],
  },
  {
    name: 'currency-not-compared',
    file: JUDGEMENT,
    find: `if (session.currency !== order.currency) return review('currency_mismatch')`,
    replace: '',
    foundBy: ['I3'],
  },
  {
    name: 'fulfilled-before-paid',
    file: JUDGEMENT,
    find: `if (session.payment === 'paid') return judgeMoney(order, session)`,
    replace: `if (session.state === 'complete') return judgeMoney(order, { ...session, paidAt: session.paidAt ?? now })`,
    foundBy: ['I3', 'I12'],
  },
  {
    name: 'order-of-the-page-not-compared',
    file: JUDGEMENT,
    find: `if (session.orderId !== order.id) return { kind: 'nothing', alert: 'foreign_session' }`,
    replace: '',
    foundBy: ['I3', 'I12', 'crash', 'I2', 'P09'],
  },
  {
    name: 'second-payment-found-while-closing-dropped',
    file: 'server/usecases/settlement-consequences.ts',
    find: `const isPaidTwice = others.some(({ payment }) => payment === 'paid')`,
    replace: `const isPaidTwice = others.length > 99`,
    foundBy: ['P09'],
  },
  {
    name: 'late-after-cancel-fulfilled',
    file: JUDGEMENT,
    find: `return review('late_after_cancel')`,
    replace: `return compareMoney({ ...order, state: 'expired' }, session)`,
    foundBy: ['I5', 'I2', 'crash', 'P17'],
  },
  {
    name: 'late-after-cancel-forgotten',
    file: JUDGEMENT,
    find: `return review('late_after_cancel')`,
    replace: `return NOTHING`,
    foundBy: ['I2', 'I12'],
  },
  {
    name: 'late-after-expiry-forgotten',
    file: JUDGEMENT,
    find: `if (!isInTime(session)) return review('late_after_expiry')`,
    replace: `return NOTHING`,
    foundBy: ['I2', 'I12'],
  },
  {
    name: 'failed-debit-ignored',
    file: JUDGEMENT,
    find: `return isWaiting ? { kind: 'fail', failure: session.failure ?? UNEXPLAINED } : NOTHING`,
    replace: `return NOTHING`,
    foundBy: ['I2'],
  },
  {
    name: 'expired-page-ignored',
    file: JUDGEMENT,
    find: `if (session.state === 'expired') return { kind: 'expire' }`,
    replace: '',
    foundBy: ['I2'],
  },
  {
    name: 'order-without-page-never-ends',
    file: JUDGEMENT,
    find: `return order.state === 'pending' && isOver ? { kind: 'expire' } : NOTHING`,
    replace: `return NOTHING`,
    foundBy: ['I2'],
  },
  {
    name: 'payment-row-forgotten',
    file: 'server/usecases/fulfil-order.ts',
    find: `...paymentStatements(deps, record, session === null ? [] : [...others, session]),`,
    replace: '',
    foundBy: ['I12'],
  },
  {
    name: 'coverage-starts-when-we-hear-of-it',
    file: SETTLE,
    find: `const startsAt = session?.kind === 'setup' ? deps.now() : judgement.paidAt`,
    replace: `const startsAt = deps.now()`,
    foundBy: ['R7'],
  },
]
