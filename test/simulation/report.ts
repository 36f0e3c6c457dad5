/** A failure as people read it. */
import type { Failure, Replay } from './core/find.ts'

/** Ids of the server, which all look alike: each becomes `order 1`, `license 2` … */
const IDS = /\b(ord|lic|quo|cus|oln|pay|task|mail|cs_test|pi|evt)_[0-9A-Za-z]{14,58}\b/g

/** @param bug  that was planted, if any */
export function reportOf(failure: Failure, bug: string | null = null): string {
  const { seed, schedule, invariant, says, trace } = failure
  const named = namer()
  const planted = bug === null ? '' : ` --planted ${bug}`
  return [
    '',
    ...trace.map((line) => `  ${named(line)}`),
    '',
    `${invariant}: ${named(says)}`,
    `Replay: npm run simulate --${planted} --seed ${seed} --schedule '${schedule}'`,
    '',
  ].join('\n')
}

export function traceOf({ trace }: Replay): string {
  const named = namer()
  return trace.map((line) => `  ${named(line)}`).join('\n')
}

function namer(): (text: string) => string {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  return (text) =>
    text.replace(IDS, (id, prefix: string) => {
      const count = (counts.get(prefix) ?? 0) + (names.has(id) ? 0 : 1)
      counts.set(prefix, count)
      const name = names.get(id) ?? `${prefix}${count}`
      names.set(id, name)
      return name
    })
}
