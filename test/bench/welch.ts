/** How sure it is that two samples have different means: Welch's t; beyond 4.5 they have. */
export function welch(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [momentsOf(one), momentsOf(other)]
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length)
}

/** Without the slowest of both together, which the machine's other work made. */
export function cropped(
  samples: readonly (readonly number[])[],
  share: number,
): readonly (readonly number[])[] {
  const all = samples.flat().toSorted((a, b) => a - b)
  const most = all[Math.floor(all.length * share)] ?? Infinity
  return samples.map((sample) => sample.filter((value) => value < most))
}

function momentsOf(sample: readonly number[]) {
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length
  const variance = sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sample.length - 1)
  return { mean, variance }
}
