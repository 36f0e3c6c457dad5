/** What is wrong with a product that a vendor wrote: the interesting fields are in the test. */
import { parseCatalogue } from '../../server/domain/catalogue-parse.ts'

/** As it is written, so also what no catalogue may hold. */
type Written = Readonly<Record<string, unknown>>

export const PRO: Written = {
  id: 'pro',
  name: 'Vault Pro',
  type: 'pro',
  prices: [{ currency: 'USD', cycle: 'month', unit_amount: 4900 }],
}
export const RECOVERY: Written = {
  id: 'recovery',
  name: 'Recovery',
  type: 'recovery',
  one_time: true,
  validity_months: 3,
  prices: [{ currency: 'USD', unit_amount: 9000 }],
}

/** `path: message` of each mistake, the path within the product; empty when it can be sold so. */
export function faultsOf(product: Written): readonly string[] {
  const vault = {
    id: 'vault',
    name: 'Vault',
    publishable_keys: ['pk_vault_console'],
    home_url: 'https://console.example.com/',
    key_prefix: 'VAULT',
    currencies: ['USD'],
    plans: [PRO],
    ...product,
  }
  const parsed = parseCatalogue(JSON.stringify({ products: [vault] }), 'catalogue.json')
  if (parsed.ok) return []
  return parsed.mistakes.map(
    ({ path, message }) => `${path.replace('products[0].', '')}: ${message}`,
  )
}

/** The same for a product with only that plan, sold in these currencies. */
export function planFaults(plan: Written, currencies: readonly string[] = ['USD']) {
  return faultsOf({ currencies, plans: [{ ...PRO, ...plan }] }).map((fault) =>
    fault.replace('plans[0].', ''),
  )
}
