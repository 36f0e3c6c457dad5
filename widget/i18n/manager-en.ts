/** Words that only `<license-manager>` needs; they load with it, so that buying stays light. */

const plural = (count: string, one: string, many = `${one}s`) =>
  `${count} ${count === '1' ? one : many}`

export const managerEn = {
  types: {
    dr: 'DR License',
    migration: 'Migration License',
    failback: 'Failback License',
  },
  typesLabel: 'License types',
  hasNew: 'new',
  add: 'Add',
  entryTitle: 'Buy licenses',

  filters: {
    search: 'Search licenses',
    searchHint: 'ID, plan, key ending, order',
    status: 'Status',
    anyStatus: 'All statuses',
    expiry: 'Expires',
    anyExpiry: 'Any expiry',
    within: (days: string) => `Within ${days} days`,
    clear: 'Clear all',
    refresh: 'Refresh',
    export: 'Export CSV',
    sortBy: 'Sort by',
    ascending: 'Ascending',
    descending: 'Descending',
  },

  columns: {
    id: 'License ID',
    total: 'Total',
    in_use: 'In-use',
    service_life_days: 'Service Life (Days)',
    activated_at: 'Activation Date',
    expires_at: 'Expiration Date',
    status: 'Status',
  },
  operation: 'Operation',

  status: {
    pending: 'Pending',
    active: 'Valid',
    expiring: 'Expiring',
    grace: 'Grace',
    retained: 'Retained',
    ended: 'Ended',
    suspended: 'Suspended',
    under_review: 'Under review',
    revoked: 'Revoked',
    consumed: 'Used up',
  },
  statusHelp: {
    pending: 'Becomes effective as soon as the payment is confirmed.',
    active: 'In effect.',
    expiring: 'In effect, and near its end.',
    grace: 'Expired, still working for a short time. Renew it now.',
    retained: 'Stopped. It can still be renewed.',
    ended: 'Over. To go on, buy a new license.',
    suspended: 'Stopped for now. Contact us to have it reinstated.',
    under_review: 'Being looked at after unusual activity.',
    revoked: 'Taken back, for example after a refund.',
    consumed: 'Every unit has been used.',
  },
  graceLeft: (days: string) => `${plural(days, 'day')} left`,
  graceLastDay: 'last day',

  renewal: {
    auto: (date: string) => `Auto-renews on ${date}`,
    autoUndated: 'Auto-renews',
    manual: 'Manual renewal',
    pay_per_use: 'Pay-per-use after expiration',
    canceled: 'Won’t renew',
    oneTime: 'One-time use',
    none: 'Not renewable',
  },
  complimentary: 'Complimentary',
  keyEnding: (last4: string) => `Key ending in ${last4}`,
  isNew: 'New',

  paging: {
    showing: (from: string, to: string, count: string) => `Showing ${from}–${to} of ${count}`,
    perPage: 'Per page',
    previous: 'Previous page',
    next: 'Next page',
    label: 'Pages',
  },

  actions: {
    menu: (id: string) => `Actions for ${id}`,
    renew: 'Renew',
    details: 'Details',
    activations: 'Manage activations',
    units: 'Units used',
    copyId: 'Copy license ID',
    copiedText: (text: string) => `${text} copied`,
    copyOrder: 'Copy order ID',
    copyReference: 'Copy reference',
  },

  selected: {
    label: 'Actions for the selected licenses',
    more: 'More',
    count: (count: string) => `${count} selected`,
    clear: 'Clear',
    page: 'Select all on this page',
    one: (id: string) => `Select ${id}`,
  },

  details: { title: 'License details' },
  byCode: 'Activate by code',
  log: 'Allocation Log',

  subscriptions: {
    open: 'Manage Subscriptions',
    title: 'Manage Subscriptions',
    autoRenewing: 'Auto-renewing licenses',
    nextCharge: 'Next charge',
    noAuto: 'No license renews by itself.',
    units: (count: string) => plural(count, 'unit'),
    every: { month: 'every month', year: 'every year' },
    grants: 'Complimentary licenses',
    grantsText: 'They came with a purchase, are for one-time use, and end with it.',
    noGrants: 'No complimentary licenses yet.',
    fromOrder: (order: string) => `From order ${order}`,
    validity: (from: string, until: string) => `Valid ${from} – ${until}`,
    used: (used: string, total: string) => `${used} of ${total} used`,
    unused: (count: string) => `${count} unused`,
    more: 'Show more',
    billing: 'Payment method and invoices',
    billingText: 'They are kept by our payment provider. Its page opens in a new window.',
    billingPrepare: 'Get the link',
    billingPreparing: 'Preparing…',
    billingOpen: 'Open the billing portal',
  },

  views: {
    emptyTitle: (type: string) => `No ${type} yet`,
    emptyAnyTitle: 'No licenses yet',
    emptyText: 'What you buy appears here as soon as the payment is confirmed.',
    noMatchTitle: 'No license matches',
    noMatchText: 'Change the search or clear the filters to see your licenses.',
    partialCatalogue: 'Your licenses are shown, but what can be bought could not be loaded.',
    partialRefresh: (time: string) =>
      `Could not refresh. You see your licenses as they were at ${time}.`,
    anonymousTitle: 'Sign in to see your licenses',
    anonymousText: 'You can buy without signing in; the keys are e-mailed to you.',
  },

  news: {
    added: (count: string) => `${plural(count, 'new license')} added`,
    show: 'Show',
    unfinished: 'You have an unfinished payment.',
    continue: 'Continue',
    unused: (units: string) => `${plural(units, 'complimentary unit')} not used yet`,
    unusedUntil: (date: string, areMore: boolean) =>
      `${areMore ? `The first end on ${date}` : `They end on ${date}`} and cannot be renewed.`,
    exported: (name: string) => `${name} is ready.`,
    exporting: 'Exporting…',
    saveAgain: 'Save it again',
  },
}

export type ManagerMessages = typeof managerEn
