/** One mail of every kind, with facts as the use cases write them. */
import type { LicenseKeyMail, RebindMail } from '../../server/domain/license-mail.ts'
import type { ConfirmationMail, MailData, OrderMail } from '../../server/domain/mail.ts'
import type {
  AnnouncedCharge,
  RemindedLicense,
  ReminderMail,
} from '../../server/domain/reminder-mail.ts'
import type {
  RenewalMail,
  RefundMail,
  DisputeMail,
  PayPerUseBillMail,
} from '../../server/domain/renewal-mail.ts'

export const order: OrderMail = {
  orderId: 'ord_01jd8k6m9q2v5w7x8y9z0a1b2c',
  productName: 'Recover',
  homeUrl: 'https://console.example/settings/licenses',
  currency: 'USD',
  total: 37500,
}
export const confirmation: ConfirmationMail = {
  ...order,
  paidAt: '2026-11-21T17:00:00Z',
  zone: 'Asia/Shanghai',
  lines: [
    {
      planName: 'DR License',
      quantity: 5,
      amount: 37500,
      explanation: [{ kind: 'term', months: 1, cycle: 'month', unitAmount: 7500, quantity: 5 }],
    },
  ],
  subtotal: 37500,
  tax: 0,
  licenses: [
    {
      planName: 'DR License',
      quantity: 5,
      startsAt: '2026-11-21T17:00:00Z',
      endsAt: '2026-12-21T17:00:00Z',
      keyLast4: 'W7XZ',
      isComplimentary: false,
    },
    {
      planName: 'Failback License',
      quantity: 5,
      startsAt: '2026-11-21T17:00:00Z',
      endsAt: '2026-12-21T17:00:00Z',
      keyLast4: 'Q2V5',
      isComplimentary: true,
    },
  ],
  renewal: { amount: 37500, every: 'month', firstChargeAt: '2026-12-14T19:00:00Z' },
  noticesVersion: '8ec2d87399bc218f',
  isLate: false,
}

const term = confirmation.lines[0]?.explanation ?? []
const named = { planName: 'DR License', quantity: 5, keyLast4: 'W7XZ' }
export const held = { ...named, endsAt: '2026-12-21T17:00:00Z' }
export const method = { brand: 'Visa', last4: '4242' }

export const renewal: RenewalMail = {
  ...order,
  paidAt: '2026-12-14T19:00:00Z',
  zone: 'Asia/Shanghai',
  licenses: [
    {
      ...named,
      endedAt: '2026-12-21T17:00:00Z',
      endsAt: '2027-01-21T17:00:00Z',
      amount: 37500,
      explanation: term,
    },
  ],
  subtotal: 37500,
  tax: 0,
  method,
  nextChargeAt: '2027-01-14T19:00:00Z',
}

export const refund: RefundMail = {
  ...order,
  zone: 'Asia/Shanghai',
  amount: 37500,
  refundedAt: '2026-12-15T10:00:00Z',
  refundKind: 'period',
  licenses: [held, { ...held, planName: 'Failback License', keyLast4: 'Q2V5', endsAt: null }],
}

export const dispute: DisputeMail = {
  ...order,
  zone: 'Asia/Shanghai',
  phase: 'opened',
  amount: 37500,
  chargedAt: '2026-11-21T17:00:00Z',
  licenses: [held],
}

export const bill: PayPerUseBillMail = {
  ...order,
  from: '2026-12-22',
  to: '2026-12-31',
  lines: confirmation.lines,
  subtotal: 37500,
  tax: 0,
  method,
  state: 'paid',
  dueAt: null,
}

export const reminded: RemindedLicense = {
  ...named,
  licenseId: 'lic_01jd8k6m9q2v5w7x8y9z0a1b2c',
  endsAt: '2026-12-21T17:00:00Z',
  graceEndsAt: '2026-12-28T17:00:00Z',
  renewableUntil: '2027-01-12T17:00:00Z',
}

export const announced: AnnouncedCharge = {
  ...reminded,
  keyLast4: 'AB12',
  chargeAt: '2026-12-14T19:00:00Z',
  currency: 'USD',
  total: 37500,
  every: 'month',
  risesTo: null,
}

export const digest: ReminderMail = {
  productName: 'Recover',
  homeUrl: order.homeUrl,
  zone: 'Asia/Shanghai',
  day: '2026-12-14',
  writtenAt: '2026-12-14T01:00:00Z',
  renewable: [reminded],
  charges: [announced],
  ending: [
    { ...reminded, planName: 'Failback License', keyLast4: 'Q2V5', why: 'one_time' },
    { ...reminded, keyLast4: 'CC33', why: 'canceled' },
  ],
  metered: [{ ...reminded, keyLast4: 'DD44' }],
  renewLinkId: 'rnl_01jd8k6m9q2v5w7x8y9z0a1b2c',
}

const unpaid = { ...order, zone: 'Asia/Shanghai', licenses: [held], method }

const license = {
  licenseId: 'lic_01jd8k6m9q2v5w7x8y9z0a1b2c',
  productName: order.productName,
  homeUrl: order.homeUrl,
  planName: 'DR License',
  quantity: 5,
  keyLast4: 'W7XZ',
}
export const keyMail: LicenseKeyMail = {
  ...license,
  why: 'granted',
  zone: 'Asia/Shanghai',
  endsAt: '2026-12-21T17:00:00Z',
  previousUntil: null,
}
const rebindMail: RebindMail = {
  ...license,
  rebindId: 'reb_01jd8k6m9q2v5w7x8y9z0a1b2c',
  phase: 'requested',
  audience: 'customer',
  from: 'db-01',
  to: 'db-02',
  score: 60,
  reasons: ['email_mismatch'],
  note: 'The board died.',
  decisionReason: null,
}

export const everyMail: readonly MailData[] = [
  { kind: 'order.confirmation', data: confirmation },
  { kind: 'order.processing', data: order },
  { kind: 'order.payment_failed', data: { ...order, reason: 'The bank refused the debit.' } },
  { kind: 'order.review', data: order },
  { kind: 'order.renewed', data: { ...renewal, nextChargeAt: null } },
  { kind: 'order.refunded', data: refund },
  { kind: 'order.disputed', data: dispute },
  { kind: 'auto_renewal.succeeded', data: renewal },
  {
    kind: 'auto_renewal.failed',
    data: {
      ...unpaid,
      reason: 'Your card has insufficient funds.',
      nextAttemptAt: '2026-12-16T19:00:00Z',
    },
  },
  {
    kind: 'auto_renewal.action_required',
    data: {
      ...unpaid,
      renewLinkId: 'rnl_01h455vb4pex5vsknk084sn02q',
      payUntil: '2026-12-15T19:00:00Z',
    },
  },
  {
    kind: 'auto_renewal.stopped',
    data: { ...unpaid, cause: 'declined', reason: null, graceEndsAt: '2026-12-28T17:00:00Z' },
  },
  {
    kind: 'auto_renewal.ended',
    data: {
      productName: order.productName,
      homeUrl: order.homeUrl,
      zone: 'Asia/Shanghai',
      cause: 'retired',
      licenses: [held],
      instead: ['DR Plus', 'DR Max'],
    },
  },
  { kind: 'pay_per_use.billed', data: bill },
  { kind: 'reminder.digest', data: digest },
  { kind: 'license.key', data: keyMail },
  { kind: 'license.rebind', data: rebindMail },
  { kind: 'ticket.opened', data: { number: 1001, topic: 'refund' } },
  { kind: 'webhook.disabled', data: { url: 'https://api.example.com/hook', outcome: '410' } },
]
