/** The source of the elements' words. Counts are functions, so that each language has its plurals. */

export const licenses = (count: string, isOne: boolean) => `${count} license${isOne ? '' : 's'}`

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
    billingCycle: 'Billing Cycle',
    monthly: 'Monthly',
    annually: 'Annually',
    quantity: 'Quantity',
    fewer: 'One fewer',
    more: 'One more',
    autoRenewal: 'Auto-Renewal',
    autoRenewalNever: 'This license does not renew.',
    autoRenewalYes: 'Renews by itself until you turn it off. You can do so at any time.',
    autoRenewalNo: 'You renew by hand before it expires.',
    addPromo: 'Add a promo code',
    promo: 'Promo code',
    apply: 'Apply',
    remove: 'Remove',
    promoApplied: (code: string) => `Promo code ${code} is applied.`,
    empty: 'There is nothing to buy here at the moment.',
  },

  missing: {
    title: 'Before you can subscribe:',
    quantityNumber: 'Quantity: enter a whole number.',
    quantityRange: (min: string, max: string) => `Quantity: enter a number from ${min} to ${max}.`,
    quantityStep: (step: string, min: string) =>
      `Quantity: sold in steps of ${step}, starting at ${min}.`,
    cycle: 'Billing Cycle: choose Monthly or Annually.',
    autoRenewal: 'Auto-Renewal: choose Yes or No.',
    price: 'The price is still being calculated. Try again in a moment.',
  },

  summary: {
    title: 'Order summary',
    per: { month: 'per unit and month', year: 'per unit and year', once: 'per unit' },
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
    afterwardsFrom: (date: string) => `from ${date}, until you turn it off`,
    noFurtherCharges: 'No further charges',
    included: 'Included, for one-time use',
    validUntil: (date: string) => `Valid until ${date}`,
    free: 'Free',
    waitingFor: {
      autoRenewal: 'Choose Auto-Renewal to see the price.',
      other: 'Complete the form to see the price.',
    },
    announce: (total: string) => `Due today: ${total}`,
    earlierOrder: (count: string, isOne: boolean, when: string, id: string) =>
      `You already ordered ${licenses(count, isOne)} of this plan on ${when} (order ${id}). Go on only if you need more.`,
  },

  notes: {
    changed: 'The Important Notes have changed. Please read them again before you go on.',
    contactPhrase: 'contact us',
    title: 'Important Notes',
    refundPolicy: 'Refund policy',
    terms: 'Terms of service',
    privacy: 'Privacy policy',
  },

  notices: {
    canceled: 'The order is canceled',
    canceledText: 'Nothing was charged and no license was issued. Your entries are kept.',
    priceNow: (before: string, now: string) => `The price has changed from ${before} to ${now}.`,
  },

  action: {
    subscribe: 'Subscribe Now',
    preparing: 'Preparing the payment…',
  },
}

export type Messages = typeof en
