/** The people of the demo, as their hosts know them. */
import type { HostCustomer } from './host-backend.ts'

export const DEMO_CUSTOMERS: readonly HostCustomer[] = [
  { id: 'acme', email: 'it@acme.example', name: 'Acme Ltd.', zone: 'America/New_York' },
  { id: 'huaxia', email: 'ops@huaxia.example', name: 'Huaxia Data', zone: 'Asia/Shanghai' },
  { id: 'newcomer', email: 'hello@newcomer.example', name: 'Newcomer GmbH', zone: 'Europe/Berlin' },
]

/** Any other name becomes a customer of its own, so that a journey starts with an empty list. */
export function demoCustomer(id: string): HostCustomer {
  const known = DEMO_CUSTOMERS.find((customer) => customer.id === id)
  return known ?? { id, email: `${id}@customer.example`, name: id, zone: 'UTC' }
}
