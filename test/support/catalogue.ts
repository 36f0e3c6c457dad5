/** Builders for catalogue pieces: the interesting field is in the test, the rest is filled in here. */
import type { z } from 'zod'
import { Plan, Product, PromoCode } from '../../server/domain/catalogue.ts'

type Given<Schema extends z.ZodType> = Partial<z.input<Schema>>

/** $75.00 a month, $750.00 a year, renewing by choice. */
export function recurringPlan(given: Given<typeof Plan> = {}): Plan {
  return Plan.parse({
    id: 'dr',
    name: 'DR License',
    type: 'dr',
    auto_renewal: 'choice',
    prices: [
      { currency: 'USD', cycle: 'month', unit_amount: 7500 },
      { currency: 'USD', cycle: 'year', unit_amount: 75_000 },
    ],
    ...given,
  })
}

/** $90.00 for three months, once. */
export function oneTimePlan(given: Given<typeof Plan> = {}): Plan {
  return Plan.parse({
    id: 'failback',
    name: 'Failback License',
    type: 'failback',
    one_time: true,
    validity_months: 3,
    prices: [{ currency: 'USD', unit_amount: 9000 }],
    ...given,
  })
}

export function promoCode(given: Given<typeof PromoCode> = {}): PromoCode {
  return PromoCode.parse({ code: 'WELCOME', ...given })
}

/** Sells both plans above in US dollars, without tax. */
export function aProduct(given: Given<typeof Product> = {}): Product {
  return Product.parse({
    id: 'recover',
    name: 'Recover',
    publishable_keys: ['pk_test_recover'],
    home_url: 'https://console.example.com/',
    key_prefix: 'RCV',
    currencies: ['USD'],
    plans: [recurringPlan({ complimentary: [{ plan: 'failback' }] }), oneTimePlan()],
    ...given,
  })
}
