/** Words of the mails. English is the source; other languages have its type. */
import { licenseMailsEn } from './license-mails-en.ts'
import { renewalMailsEn } from './renewal-mails-en.ts'

export const mailsEn = {
  ...renewalMailsEn,
  ...licenseMailsEn,
  greeting: 'Hello,',
  order: {
    number: 'Order number',
    product: 'Product',
    total: 'Total',
    amount: 'Amount',
    paidAt: 'Paid on',
    subtotal: 'Subtotal',
    tax: 'Tax',
    what: 'What you bought',
    line: (plan: string, quantity: string) => `${plan} × ${quantity}`,
    explained: (amount: string, explanation: string) => `${amount} (${explanation})`,
    receipt: 'See and print the receipt',
    open: (product: string) => `See the order in the ${product} console`,
    help: 'Get help with this order',
    policies: 'What applies to this order',
  },
  confirmation: {
    subject: (product: string, order: string) => `${product}: order ${order} is confirmed`,
    lead: 'The payment is confirmed and your licenses are valid now. There is nothing to type in the console.',
    leadFree:
      'Nothing had to be paid, and your licenses are valid now. There is nothing to type in the console.',
    late: 'This order had been shown as expired before we learned of your payment. The payment was in time, so the order was carried out at its price.',
    licenses: 'Your licenses',
    validity: (from: string, to: string, zone: string) => `${from} to ${to} (${zone})`,
    key: (ending: string) => `key ending in ${ending}`,
    fullKey: (key: string) => `key ${key}`,
    complimentary: 'complimentary, one-time use',
    renewal: 'Auto-Renewal',
    renewalMonth: (amount: string, date: string) =>
      `Renews every month. The first renewal charge is ${amount}, on ${date}.`,
    renewalYear: (amount: string, date: string) =>
      `Renews every year. The first renewal charge is ${amount}, on ${date}.`,
    renewalStop:
      'To stop, turn auto-renewal off under Manage Subscriptions before that day, or write to us. The period already paid for stays valid to its end.',
    notices: (version: string) =>
      `You accepted the Important Notes, version ${version}, with this order.`,
    keepKeys:
      'Keep your license keys out of public channels. We never ask for complete keys or card numbers.',
  },
  processing: {
    subject: (product: string, order: string) =>
      `${product}: payment of order ${order} is processing`,
    lead: 'Your payment was started and is being processed. With this payment method that can take several days.',
    next: 'Your licenses are issued as soon as the payment succeeds, and we write to you again either way. Please do not pay again.',
  },
  paymentFailed: {
    subject: (product: string, order: string) => `${product}: payment of order ${order} failed`,
    lead: 'The payment for this order did not succeed. You were not charged and no license was issued.',
    reason: 'Reason given',
    next: 'You can place the order again in the console, with another payment method if you like.',
  },
  review: {
    subject: (product: string, order: string) =>
      `${product}: payment of order ${order} received, being checked`,
    lead: 'Your payment arrived, but it does not match the order: for example, the order had been canceled, or the amount differs.',
    next: 'A person is checking it now. You get the licenses or your money back, and we tell you which. Please do not pay again.',
  },
  webhook: {
    subject: 'A webhook endpoint was disabled',
    lead: 'Your endpoint has not taken our events, so it was disabled. Nothing is lost: what happens meanwhile waits.',
    address: 'Endpoint',
    outcome: 'Last answer',
    next: 'Enable it again by the host API once it works; the events that waited then arrive in their order.',
  },
  ticket: {
    subject: (number: string) => `We have received your message ${number}`,
    lead: 'Thank you for your message. A person will read it, and we aim to answer within two working days.',
    number: 'Ticket number',
    topic: 'Topic',
    next: 'Please mention the number if you write again. For your protection this confirmation does not repeat what you wrote.',
    notYou:
      'If you did not write to us, someone entered your address by mistake. You can ignore this mail.',
    policies: 'Good to know',
  },
}
