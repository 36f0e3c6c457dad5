/** Words of the renewal desk; they load with it. Counts and dates come formatted. */

const plural = (count: string, one: string, many = `${one}s`) =>
  `${count} ${count === '1' ? one : many}`
const licenses = (count: string) => plural(count, 'license')

export const deskEn = {
  label: 'Renewals',
  modes: {
    manual: 'Manual Renewals',
    auto: 'Auto Renewals',
    pay_per_use: 'Pay-per-Use After Expiration',
    canceled: 'Renewals Canceled',
  },
  modeHelp: {
    manual: 'You renew these yourself. We remind you before they expire.',
    auto: 'These renew by themselves from your saved payment method, until you turn it off.',
    pay_per_use: 'These go on after they expire, and each day is billed at the end of the month.',
    canceled: 'These end on their expiration date. You can still renew them by hand.',
  },
  modesLabel: 'How licenses renew',
  counted: (count: string) => `(${count})`,

  picture: {
    title: 'Next 12 months',
    hint: 'Each mark is a day on which licenses expire. Choose one to see them.',
    mark: (date: string, count: string, units: string) =>
      `${date}: ${licenses(count)} ${count === '1' ? 'expires' : 'expire'}, ${plural(units, 'unit')}`,
    today: 'Today',
    soon: 'Within 30 days',
    later: 'Later',
    none: 'Nothing expires in the next 12 months.',
    table: 'Show as a table',
    days: 'Day',
    count: 'Licenses',
    units: 'Units',
    showAll: 'Show all days',
    range: (from: string, until: string) => `${from} – ${until}`,
  },

  filters: {
    type: 'License type',
    anyType: 'All types',
    custom: 'Custom dates…',
    from: 'Expires from',
    to: 'Expires until',
  },

  table: {
    license: 'License',
    units: 'Units',
    expires: 'Expiration Date',
    status: 'Status',
    renewal: 'Renewal',
    price: 'Price',
    operation: 'Operation',
    per: { month: 'per month', year: 'per year' },
    renew: 'Renew',
    renewId: (id: string) => `Renew ${id}`,
    lost: (days: string) => `${plural(days, 'day')} lost if renewed now`,
    fewer: (units: string) => `${plural(units, 'unit')} from the next period on`,
    unpriced: '–',
  },

  bulk: {
    renew: 'Batch Renew',
    day: 'Set the same renewal day',
    more: 'More actions',
    hidden: (count: string) => `${count} not shown by the filters`,
    all: (count: string) => `Select all ${count} matching`,
    most: (count: string) => `The first ${count} of them were selected; that is the most at once.`,
    batch: (max: string, later: string) =>
      `One payment renews up to ${max}. The first ${max} come first, ${later} stay selected.`,
    nothing: 'Select one or more licenses first.',
  },

  move: {
    manual: 'Move to Manual Renewals',
    auto: 'Turn on auto-renewal',
    autoOff: 'Turn off auto-renewal',
    pay_per_use: 'Pay per use after expiration',
    canceled: 'Cancel renewal',
    addUnits: 'Add units',
    upgrade: (plan: string) => `Upgrade to ${plan}`,
  },

  moved: {
    manual: (count: string) => `${licenses(count)} moved to Manual Renewals.`,
    auto: (count: string) => `Auto-renewal is on for ${licenses(count)}.`,
    pay_per_use: (count: string) => `${licenses(count)} will be paid per use after expiration.`,
    canceled: (count: string) => `${licenses(count)} will not renew.`,
    autoOff: (count: string) => `Auto-renewal is off for ${licenses(count)}.`,
    until: (date: string) => `Works until ${date}.`,
    undo: 'Undo',
    dismiss: 'Dismiss',
  },

  state: {
    chargeOn: (date: string) => `Renews on ${date}`,
    from: (card: string) => `from ${card}`,
    processing: 'Charging now',
    pastDue: 'The last charge failed',
    stopped: 'Auto-renewal has stopped',
    pastDueHelp: 'We try again by itself. To be safe, renew now or use another card.',
    stoppedHelp: 'The card was refused for good. Save another one and the charge is tried at once.',
    newMethod: 'Use another card',
    noMethod: 'No payment method saved',
    metering: (amount: string, days: string) => `${amount} so far, ${plural(days, 'day')}`,
    rate: (amount: string) => `${amount} per day after expiration`,
    manual: 'By hand',
    canceled: 'Ends on its expiration date',
  },

  card: (brand: string, last4: string) => `${brand} •••• ${last4}`,
  savedMethod: 'Saved payment method',

  auto: {
    title: 'Turn on auto-renewal',
    text: 'Each license is charged shortly before it expires, until you turn it off. You can do so at any time with one click.',
    column: { charge: 'First charge', amount: 'Amount' },
    every: { month: 'every month', year: 'every year' },
    total: 'Together',
    method: 'Charged to',
    needsMethod: 'First save a payment method. Nothing is charged there.',
    saveMethod: 'Save a payment method',
    preparing: 'Preparing the page…',
    waiting: 'Waiting for the payment method to be saved. This goes on by itself.',
    confirm: 'Turn on auto-renewal',
    unavailable: 'These stay as they are:',
    reason: {
      plan: 'The plan has no auto-renewal.',
      no_rate: 'The plan has no daily rate.',
      no_method: 'No payment method is saved.',
    },
  },

  payPerUse: {
    title: 'Pay per use after expiration',
    text: 'After the expiration date the license goes on working. Each UTC day that begins then is charged per unit and billed once a month. Move the license back at any time to stop.',
    perDay: 'Per day',
    perUnit: (amount: string) => `${amount} per unit and day`,
    consent: (total: string) =>
      `I agree to be charged up to ${total} per day after expiration, until I move the licenses back.`,
    consentMissing: 'Please confirm the daily charge first.',
    confirm: 'Start after expiration',
  },

  page: {
    back: 'Back',
    title: (count: string) => `Renew ${licenses(count)}`,
    addUnits: 'Add units',
    upgrade: 'Upgrade',
    duration: 'Renewal duration',
    each: {
      month: (count: string) => plural(count, 'month'),
      year: (count: string) => plural(count, 'year'),
      cycle: (count: string) =>
        count === '1'
          ? 'One billing cycle of each license'
          : `${count} billing cycles of each license`,
    },
    align: 'Renew on the standard renewal date',
    alignHint: (day: string) => `All end on ${day}. The extra days are priced by the day.`,
    changeDay: 'Change the day',
    dayKept: 'Becomes your standard renewal day when you pay.',
    day: 'Standard renewal day',
    dayOf: (day: string) => `day ${day} of the month`,
    lastDay: 'the last day of the month',
    dayOption: (day: string) => `Day ${day}`,
    lastOption: 'Last day of the month',
    changeUnits: 'Change units',
    units: 'Units to add',
    unitsHint: (date: string) => `They end with the license on ${date}.`,
    lines: 'What is renewed',
    changes: 'What changes',
    license: 'License',
    expires: 'Expires now',
    newExpiry: 'New expiration',
    added: 'Days added',
    price: 'Price',
    quantity: 'Units',
    quantityOf: (id: string) => `Units of ${id} from the next period on`,
    fromTo: (from: string, to: string) => `${from} → ${to}`,
    days: (count: string) => plural(count, 'day'),
    extra: (count: string) => `of them ${plural(count, 'day')} to the renewal date`,
    already: 'Already on this day: 0 extra days',
    nextMonth: 'in the next month, so that nothing ends early',
    late: (date: string, lost: string, amount: string) =>
      `Counts from ${date}: ${plural(lost, 'day')} worth ${amount} ${lost === '1' ? 'is' : 'are'} already past.`,
    subtotal: 'Subtotal',
    due: 'Due today',
    count: (count: string) => licenses(count),
    method: 'Payment method',
    checkout: 'Another method, on the payment page',
    checkoutHint: 'Opens in a new window.',
    cardExpires: (date: string) => `Expires ${date}.`,
    saved: 'Charged at once, without another page.',
    pay: (amount: string) => `Pay ${amount}`,
    renewFree: 'Renew now',
    preparing: 'Preparing the payment…',
    notPossible: (count: string) => `${licenses(count)} cannot be renewed now`,
    remove: 'Remove these',
    openOrder: (id: string) => `Continue with order ${id}`,
    split: 'These licenses are paid in different currencies',
    splitText: 'One payment has one currency. Renew them one group after the other:',
    part: (count: string, currency: string) => `Renew ${count} in ${currency}`,
    nothingLeft: 'None of the selected licenses can be renewed now.',
    changed: 'Something has changed since this price was shown',
    changedText: 'Nothing was charged. Please look at the new price and confirm it again.',
    priceNow: (before: string, now: string) => `The price has changed from ${before} to ${now}.`,
    announce: (total: string) => `Total: ${total}`,
    showAll: (count: string) => `Show all ${count}`,
  },

  done: {
    title: (count: string) => `${licenses(count)} renewed`,
    unitsTitle: 'Units added',
    upgradeTitle: 'License upgraded',
    text: (total: string, email: string) => `${total} paid. A receipt was sent to ${email}.`,
    until: (date: string) => `valid until ${date}`,
    close: 'Back to the list',
    nextPart: (count: string, currency: string) => `Renew ${count} in ${currency}`,
  },

  day: {
    title: 'Set the same renewal day',
    text: 'All selected licenses are renewed and end on the same day of the month. You pay whole months and the extra days up to that day, at most one month more.',
    later: 'From then on every renewal keeps that day.',
  },

  empty: {
    manual: 'No license is renewed by hand',
    auto: 'No license renews by itself',
    pay_per_use: 'No license is paid per use',
    canceled: 'No renewal is canceled',
    text: 'Licenses come here when you move them from another tab.',
  },
}

export type DeskMessages = typeof deskEn
