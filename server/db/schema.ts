/** The one door to all tables, for use cases, queries and tests. The files behind it follow the aggregates. */
export { autoCharges, meterBills, meterDays, meters } from './schema/charges.ts'
export { catalogueVersions, customers, methodSetups } from './schema/customers.ts'
export { commitGuards, idempotencyKeys, journal } from './schema/journal.ts'
export { coverage, licenses, openRenewals } from './schema/licenses.ts'
export { orderLines, orders, payments, promoUses, quotes } from './schema/orders.ts'
export { mails, operatorTasks, providerEvents } from './schema/outbox.ts'
export { announcedCharges, reminders, renewLinks } from './schema/reminders.ts'
export { tickets } from './schema/tickets.ts'
