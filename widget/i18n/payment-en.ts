/** Words of what follows an order; loaded with the views that say them. */
import { licenses } from './en.ts'

export const paymentEn = {
  confirm: {
    title: 'Payment Redirect Notice',
    text: 'You are about to leave this console for a third-party payment platform. Its page opens in a new window. Continue?',
    order: 'Order',
    amount: 'Due today',
    continue: 'Continue',
    copyLink: 'Copy payment link',
    showCode: 'Pay on another device',
    codeLabel: 'QR code of the payment page',
    note: 'This page updates by itself once you have paid.',
    canceling: 'Canceling…',
  },

  wait: {
    title: 'Waiting for your payment',
    text: 'Complete the payment in the window that has opened. This page updates by itself.',
    mayClose: 'You may close this page. We will e-mail you when the payment has arrived.',
    stillOpen: 'No payment has arrived yet.',
    check: 'I have paid – check now',
    reopen: 'Reopen payment page',
    cancel: 'Cancel order',
    help: 'Need help?',
    offline: 'Connection lost. We keep trying; your payment is not affected.',
    payBefore: (time: string) => `Pay by ${time}`,
    completing: 'A payment is being completed, so this order can no longer be canceled.',
  },

  outcome: {
    receipt: 'Receipt',
    receiptOpen: 'View and print',
    processing: 'Your payment is being processed',
    processingText:
      'Your bank has accepted the payment and confirms it later, which can take some days. Please don’t pay again. We will e-mail you as soon as the licenses are ready.',
    issuing: 'Payment received. Your licenses are being issued…',
    issued: 'Your licenses are active',
    issuedText: (count: string, isOne: boolean) =>
      `${licenses(count, isOne)} took effect with your payment.`,
    declined: 'The payment was declined',
    declinedText: 'Nothing was charged. You can try again with another payment method.',
    payAgain: 'Pay again',
    expired: 'The payment was not completed in time',
    expiredText: 'Nothing was charged. You can start again at the current price.',
    priceSame: (now: string) => `The price is still ${now}.`,
    startAgain: 'Start again',
    review: 'Payment received, being checked',
    reviewText:
      'Your payment arrived, but it needs a look by a person before licenses can be issued. We will e-mail you. Please don’t pay again.',
    refunded: 'This order was refunded',
    refundedText: 'The amount goes back to the payment method you used.',
    payable: 'Your order is confirmed',
    payableText: 'It is to be paid by the agreed terms. Your licenses are being issued.',
    order: 'Order',
    total: 'Total',
    keyEnding: (last4: string) => `Key ending in ${last4}`,
    validUntil: (date: string) => `Valid until ${date}`,
    complimentary: 'Included',
    home: 'Go to the console homepage',
    another: 'Buy more licenses',
    email: (address: string) => `A receipt was sent to ${address}.`,
  },
}

export type PaymentMessages = typeof paymentEn
