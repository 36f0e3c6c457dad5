/** Words of the mails after a purchase: renewals, reminders, refunds, disputes, pay-per-use. */
export const renewalMailsEn = {
  license: {
    name: (plan: string, quantity: string, ending: string) =>
      `${plan} × ${quantity} (key ending in ${ending})`,
    until: (end: string) => `until ${end}`,
    extended: (before: string, after: string) => `${before} → ${after}`,
    ended: 'ended',
    zone: (zone: string) => `All times are in ${zone}.`,
    sameKey: 'The keys stay the same: nothing has to be activated again.',
    affected: 'Licenses',
    method: 'Paid with',
    methodOf: (brand: string, last4: string) => `${brand} ending in ${last4}`,
    console: (product: string) => `Open ${product}`,
  },
  renewed: {
    subject: (product: string, order: string) => `${product}: order ${order} is renewed`,
    lead: 'The payment is confirmed and your licenses are extended.',
    leadFree: 'Nothing had to be paid, and your licenses are extended.',
    what: 'What was renewed',
    nextCharge: (date: string) =>
      `Auto-Renewal is on: the next charge is on ${date}. You can turn it off at any time before.`,
  },
  autoSucceeded: {
    subject: (product: string, total: string) => `${product}: renewed automatically for ${total}`,
    lead: 'Your licenses were renewed automatically, as announced.',
  },
  autoFailed: {
    subject: (product: string) => `${product}: the automatic renewal could not be charged`,
    lead: 'The charge for your automatic renewal did not succeed. Your licenses keep working for now, and nothing was charged.',
    reason: 'Reason given',
    next: 'Next attempt',
    mend: 'You need not do anything if the reason is settled by then. Or save another card in the console: it is charged at once.',
  },
  autoAction: {
    subject: (product: string) => `${product}: your bank asks you to confirm the renewal`,
    lead: 'Your bank wants you to confirm the charge for your automatic renewal yourself. Nothing was charged so far.',
    pay: 'Confirm and pay',
    until: (date: string) => `This payment page is open until ${date}.`,
  },
  autoStopped: {
    subject: (product: string) =>
      `${product}: automatic renewal has stopped, your licenses will end`,
    causes: {
      declined: 'The card was declined for good, so we do not try it again.',
      no_method: 'There is no saved payment method that we could charge.',
      attempts: 'All attempts to charge the saved payment method failed.',
      dispute: 'A charge for these licenses is being disputed, so they do not renew by themselves.',
    },
    works: (date: string) => `Your licenses work until ${date}. After that they stop.`,
    mend: 'Save another payment method in the console, and the renewal is charged at once. Or renew by hand there.',
  },
  autoEnded: {
    subject: (product: string, plans: string) =>
      `${product}: automatic renewal has ended, no longer sold: ${plans}`,
    causes: {
      retired:
        'The plan of the licenses below is no longer sold, so their automatic renewal has ended and nothing more will be charged.',
      no_price:
        'The plan of the licenses below no longer has a price for their cycle and currency, so their automatic renewal has ended and nothing more will be charged.',
    },
    works:
      'What is paid stays valid to its end. After that these licenses cannot be renewed, so please change before.',
    next: 'How to go on',
    instead: (plans: string) => `Instead you can buy: ${plans}.`,
    nothing: 'Nothing of this type is sold at the moment. Please write to us.',
    ask: 'Write to us',
  },
  refunded: {
    subject: (product: string, amount: string) => `${product}: ${amount} is refunded`,
    lead: 'We have refunded a payment. Your bank shows it within a few working days.',
    amount: 'Refunded',
    at: 'On',
    kinds: {
      amount: 'Your licenses stay as they are.',
      units: 'The refunded units were taken off your licenses.',
      period: 'The refunded period was taken off your licenses.',
      undelivered:
        'This part of the order could not be carried out, because its license had ended for good in the meantime. The rest of the order stands.',
    },
  },
  disputed: {
    subject: {
      opened: (product: string) => `${product}: your bank is asking about a charge`,
      won: (product: string) => `${product}: the question about your charge is settled`,
      lost: (product: string) => `${product}: a charge was returned to you`,
    },
    lead: {
      opened:
        'Your bank told us that the charge below is disputed. While it is examined, the time that it paid for is withheld.',
      won: 'The dispute about the charge below was decided. What it paid for is yours again.',
      lost: 'The dispute about the charge below was decided, and the money goes back to you. The time that it paid for was taken off your licenses.',
    },
    charge: 'Charge',
    chargedAt: 'Charged on',
    mistake:
      'If this is a mistake, for example because the charge was not recognised, please write to us: it can often be settled quickly.',
  },
  billed: {
    subject: (product: string, total: string) => `${product}: pay-per-use bill of ${total}`,
    paid: 'These days after the end of your licenses were metered and are paid.',
    due: (date: string) =>
      `These days after the end of your licenses were metered. Please pay by ${date}: after that, metering stops and the licenses are suspended.`,
    dueSoon: 'These days after the end of your licenses were metered and are to be paid.',
    days: 'Days (UTC)',
    range: (from: string, to: string) => `${from} to ${to}`,
    what: 'What was metered',
    stop: 'To end the metering, move the licenses back to Manual Renewals in the console.',
  },
  reminder: {
    subjectEnding: (product: string, count: number, date: string) =>
      count === 1
        ? `${product}: a license ends on ${date}`
        : `${product}: ${count} licenses end, the first on ${date}`,
    subjectEnded: (product: string, count: number) =>
      count === 1 ? `${product}: a license has ended` : `${product}: ${count} licenses have ended`,
    subjectCharge: (product: string, total: string, date: string) =>
      `${product}: we will charge ${total} on ${date}`,
    renewable: 'To be renewed by you',
    renewableLead:
      'These licenses do not renew by themselves. Renewing now loses no day: it starts where they end.',
    renewableLate:
      'These licenses do not renew by themselves. A renewal starts where they end or ended, so each day of waiting after the end is paid for and lost.',
    renew: 'Renew now',
    renewNote:
      'The button needs no login. It shows these licenses and their price, and takes a payment; it is yours alone, so please do not pass it on.',
    endsAt: (date: string) => `ends ${date}`,
    graceUntil: (date: string, grace: string) => `ended ${date}, works until ${grace}`,
    stoppedSince: (date: string, last: string) => `stopped, ended ${date}, renewable until ${last}`,
    stopped: (date: string) => `stopped, ended ${date}`,
    charges: 'Renewed automatically',
    chargeLead: (total: string, date: string) =>
      `We will charge ${total} on ${date}, unless you cancel before.`,
    charge: (total: string, date: string) => `${total} on ${date}`,
    risesTo: (total: string) => `from the charge after that ${total}`,
    lower: 'If the price is lower on that day, you pay the lower one.',
    cancel: (product: string) =>
      `To cancel, turn Auto-Renewal off under Renewals in ${product} before that day. What is already paid stays valid to its end.`,
    ending: 'Ending without renewal',
    oneTime: 'One-time licenses end by themselves and are not renewed. Please use them in time.',
    canceled: 'You canceled the renewal of these. You can still renew them by hand.',
    retired: 'These cannot be renewed: their plan is no longer sold as you bought it.',
    unpaid:
      'The automatic renewal of these could not be charged, and their plan is no longer sold otherwise. Save another payment method in the console: it is charged at once.',
    metered: 'Pay-per-use after expiration',
    meteredLead:
      'From their end on these licenses are metered by the day, and billed monthly, until you move them back.',
    policies: 'What applies to renewals',
    calendar: {
      ends: (plan: string, product: string) => `${product}: ${plan} ends`,
      charge: (total: string, product: string) => `${product}: renewal of ${total}`,
    },
  },
}
