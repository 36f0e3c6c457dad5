/** Builder for the facts that `statusAt` and the rules of one-time units decide on: five units of DR. */
import { parseInstant as at } from '../../server/domain/calendar.ts'
import type { RenewalFacts } from '../../server/domain/license.ts'
import type { OneTimeLicense } from '../../server/domain/one-time-unit.ts'

export function license(
  facts: Partial<OneTimeLicense & RenewalFacts> = {},
): OneTimeLicense & RenewalFacts {
  return {
    activatedAt: at('2024-12-31T16:55:10Z'),
    endsAt: at('2025-01-31T16:55:10Z'),
    graceDays: 7,
    retentionDays: 15,
    oneTime: false,
    total: 5,
    reserved: 0,
    consumed: 0,
    suspendedAt: null,
    underReviewAt: null,
    revokedAt: null,
    anchor: { day: 31, time: '16:55:10', zone: 'UTC' },
    cycle: 'month',
    renewalMode: 'manual',
    ...facts,
  }
}
