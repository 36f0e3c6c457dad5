/**
 * Splits an amount over lines in proportion to their weights, by largest remainder, so that the
 * parts always sum to the whole (R14). Ties go to the earlier line.
 *
 * With the lines' own amounts as weights and `total` ≤ their sum, no part exceeds its line.
 *
 * @param total    minor units, ≥ 0, a multiple of `step`
 * @param weights  whole numbers ≥ 0; all zero only when `total` is 0
 * @param step     smallest unit that may be handed out, minor units
 * @throws RangeError when there is something to split and nobody to take it: a bug
 */
export function allocate(total: number, weights: readonly number[], step = 1): number[] {
  const units = BigInt(total) / BigInt(step)
  if (units * BigInt(step) !== BigInt(total) || total < 0) throw new RangeError(`total: ${total}`)
  const sum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (sum === 0n && total > 0) throw new RangeError('nothing to split over')
  if (total === 0) return weights.map(() => 0)
  const shares = weights.map((weight, line) => {
    const exact = units * BigInt(weight)
    return { line, whole: exact / sum, remainder: exact % sum }
  })
  const missing = Number(units - shares.reduce((sum, share) => sum + share.whole, 0n))
  const favoured = new Set(
    shares
      .toSorted((a, b) => compare(b.remainder, a.remainder))
      .slice(0, missing)
      .map((share) => share.line),
  )
  return shares.map(({ line, whole }) => (Number(whole) + (favoured.has(line) ? 1 : 0)) * step)
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
