/** The source of the elements' words. Counts are functions, so that each language has its plurals. */

const licenses = (count: string, one: boolean) => `${count} license${one ? '' : 's'}`

export const en = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr' as 'ltr' | 'rtl',

  common: {
    retry: 'Try again',
    cancel: 'Cancel',
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    loading: 'Loading…',
    opensNewTab: '(opens in a new tab)',
    contactUs: 'Contact us',
    yes: 'Yes',
    no: 'No',
    sandbox: 'Test mode. No real money moves.',
  },

  manager: { label: 'Your licenses' },

  problem: {
    unreachable: 'The License Center cannot be reached. Check your connection and try again.',
    timeout: 'The License Center took too long to answer. Please try again.',
    unreadable:
      'Something between you and the License Center gave a wrong answer. Please try again.',
    auth: 'Your session has ended. Reload this page or sign in again.',
    other: 'Something went wrong on our side. Please try again.',
    nothingCharged: 'Nothing was charged.',
    reference: (code: string, requestId: string | null) =>
      requestId === null ? `Code ${code}` : `Code ${code}, request ${requestId}`,
  },

  configuration: {
    title: 'This element is not set up correctly',
    detail: (attribute: string, got: string, allowed: string) =>
      `Attribute “${attribute}” is “${got}”. Allowed: ${allowed}`,
  },

  form: {
    label: 'Buy licenses',
    types: 'License type',
    plan: 'Plan',
    billingCycle: 'Billing cycle',
    monthly: 'Monthly',
    annually: 'Annually',
    quantity: 'Quantity',
    fewer: 'One fewer',
    more: 'One more',
    autoRenewal: 'Auto-renewal',
    autoRenewalNever: 'This license does not renew.',
    autoRenewalYes: 'Renews by itself until you turn it off. You can do so at any time.',
    autoRenewalNo: 'You renew by hand before it expires.',
    email: 'E-mail',
    emailHint: 'Your order and license keys are sent here.',
    addPromo: 'Add a promo code',
    promo: 'Promo code',
    apply: 'Apply',
    remove: 'Remove',
    promoApplied: (code: string) => `Promo code ${code} is applied.`,
    empty: 'There is nothing to buy here at the moment.',
    required: 'All fields are required.',
  },

  missing: {
    title: 'Before you can subscribe:',
    quantityNumber: 'Quantity: enter a whole number.',
    quantityRange: (min: string, max: string) => `Quantity: enter a number from ${min} to ${max}.`,
    quantityStep: (step: string) => `Quantity: enter a multiple of ${step}.`,
    cycle: 'Billing cycle: choose Monthly or Annually.',
    autoRenewal: 'Auto-renewal: choose Yes or No.',
    email: 'E-mail: enter an address such as name@example.com.',
    price: 'The price is still being calculated. Try again in a moment.',
  },

  summary: {
    title: 'Order summary',
    unitPrice: 'Unit price',
    per: { month: 'per unit and month', year: 'per unit and year', once: 'per unit' },
    period: 'License period',
    periodHint: 'If paid now. The period starts with the payment.',
    discount: 'Discount',
    tax: (name: string, percent: string) => `${name} ${percent}%`,
    taxIncluded: (name: string, percent: string) => `Includes ${name} ${percent}%`,
    subtotal: 'Subtotal',
    dueToday: 'Due today',
    afterwards: 'Then',
    afterwardsAmount: {
      month: (amount: string) => `${amount} every month`,
      year: (amount: string) => `${amount} every year`,
    },
    afterwardsFrom: (date: string) => `from ${date}, until you turn auto-renewal off`,
    noFurtherCharges: 'No further charges',
    included: 'Included at no charge',
    complimentary: (count: string, plan: string) => `${count} × ${plan}`,
    complimentaryUntil: (date: string) => `one-time use, valid until ${date}`,
    free: 'Free',
    waitingFor: {
      autoRenewal: 'Choose Auto-renewal to see the price.',
      other: 'Complete the form to see the price.',
    },
    announce: (total: string) => `Due today: ${total}`,
    earlierOrder: (count: string, when: string, id: string) =>
      `You already ordered ${licenses(count, count === '1')} of this plan on ${when} (order ${id}). Go on only if you need more.`,
  },

  notes: {
    title: 'Important Notes',
    refundPolicy: 'Refund policy',
    terms: 'Terms of service',
    privacy: 'Privacy policy',
  },

  action: {
    subscribe: 'Subscribe Now',
    preparing: 'Preparing the payment…',
  },

  confirm: {
    title: 'Payment Redirect Notice',
    text: 'You are about to leave this console. The payment page of our payment provider opens in a new window.',
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
    checking: 'Checking…',
    stillOpen: 'No payment has arrived yet.',
    check: 'I have paid – check now',
    reopen: 'Reopen payment page',
    cancel: 'Cancel order',
    help: 'Need help?',
    offline: 'Connection lost. We keep trying; your payment is not affected.',
    payBefore: (time: string) => `Pay by ${time}`,
    completing: 'A payment is being completed, so this order can no longer be canceled.',
    unfinished: 'You have an unfinished payment.',
  },

  outcome: {
    processing: 'Your payment is being processed',
    processingText:
      'Your bank has accepted the payment and confirms it later, which can take some days. Please don’t pay again. We will e-mail you as soon as the licenses are ready.',
    issuing: 'Payment received. Your licenses are being issued…',
    issued: 'Your licenses are active',
    issuedText: (count: string) =>
      `${licenses(count, count === '1')} took effect with your payment.`,
    declined: 'The payment was declined',
    declinedText: 'Nothing was charged. You can try again with another payment method.',
    payAgain: 'Pay again',
    expired: 'The payment was not completed in time',
    expiredText: 'Nothing was charged. You can start again at the current price.',
    priceNow: (before: string, now: string) => `The price has changed from ${before} to ${now}.`,
    priceSame: (now: string) => `The price is still ${now}.`,
    startAgain: 'Start again',
    canceled: 'The order is canceled',
    canceledText: 'Nothing was charged and no license was issued. Your entries are kept.',
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
    units: (count: string) => `${count} unit${count === '1' ? '' : 's'}`,
    complimentary: 'Included',
    home: 'Go to the console homepage',
    another: 'Buy more licenses',
    email: (address: string) => `A receipt was sent to ${address}.`,
  },
}

export type Messages = typeof en
