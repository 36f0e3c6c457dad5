import type { ExtensionLine } from '../../../server/contract/quotes.ts'
import type { Duration } from './renewal-request.ts'

/** How long a renewal may be, in the words of its licenses' cycles. */
export interface DurationChoice {
  readonly duration: Duration
  /** `cycle`: of each license, whatever its own is. */
  readonly unit: 'month' | 'year' | 'cycle'
  readonly count: number
}

/** Paid time ahead is at most five years (R5); longer ones are refused with the reason. */
const OFFERED = { month: [1, 2, 3, 6, 12, 24, 36], year: [1, 2, 3], cycle: [1, 2, 3] } as const

/**
 * Months where all licenses are billed by month, years where all are by year. Where they differ,
 * cycles of each, or years, which every license can do.
 */
export function durationChoices(
  lines: readonly Pick<ExtensionLine, 'cycle'>[],
): readonly DurationChoice[] {
  const cycles = [...new Set(lines.map(({ cycle }) => cycle ?? 'month'))]
  const [only] = cycles
  if (cycles.length === 1 && only !== undefined) {
    return OFFERED[only].map((count) => ({ duration: { cycles: count }, unit: only, count }))
  }
  return [
    ...OFFERED.cycle.map((count) => ({
      duration: { cycles: count },
      unit: 'cycle' as const,
      count,
    })),
    ...OFFERED.year.map((count) => ({
      duration: { months: 12 * count },
      unit: 'year' as const,
      count,
    })),
  ]
}

/** As the value of a field. */
export function durationKey(duration: Duration): string {
  return 'cycles' in duration ? `c${duration.cycles}` : `m${duration.months}`
}
