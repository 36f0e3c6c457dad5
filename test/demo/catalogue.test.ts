import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parseCatalogue } from '../../server/domain/catalogue-parse.ts'
import { cyclesOf, graceOf, planOf, priceOf } from '../../server/domain/plan.ts'

const DEMO = await readFile(new URL('../../demo/catalogue.yaml', import.meta.url), 'utf8')

describe('the demo catalogue', () => {
  const parsed = parseCatalogue(DEMO, 'catalogue.yaml')
  const products = parsed.ok ? parsed.document.products : []

  it('is without mistakes', () => {
    expect(parsed).toMatchObject({ ok: true })
  })

  it('sells DR at $75.00 a month and $750.00 a year, failback at $90.00, migration at $120.00', () => {
    const price = (productId: string, planId: string, cycle: 'month' | 'year' | null) => {
      const product = products.find(({ id }) => id === productId)
      const plan = product && planOf(product, planId)
      return plan && priceOf(plan, 'USD', cycle)?.unit_amount
    }
    expect(price('recover', 'dr', 'month')).toBe(7500)
    expect(price('recover', 'dr', 'year')).toBe(75_000)
    expect(price('recover', 'failback', null)).toBe(9000)
    expect(price('shift', 'migration', null)).toBe(12_000)
    expect(price('recover', 'migration', null)).toBeNull()
  })

  it('R17: gives DR its grace by default, and one-time types none', () => {
    const plans = products.flatMap((product) => product.plans)
    const grace = Object.fromEntries(plans.map((plan) => [plan.id, graceOf(plan)]))
    expect(grace['dr']).toEqual({ graceDays: 7, retentionDays: 15 })
    expect(grace['failback']).toEqual({ graceDays: 0, retentionDays: 0 })
    expect(plans.map((plan) => cyclesOf(plan).length)).toEqual([2, 0, 0, 2, 2])
  })

  it('reads the same from JSON', () => {
    const text = JSON.stringify({ products }, null, 2)
    expect(parseCatalogue(text, 'catalogue.json')).toEqual(parsed)
  })
})
