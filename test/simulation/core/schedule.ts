/** A schedule as text: what a failure prints, and what replays it. */

export interface Schedule {
  readonly seed: number
  /** Who takes part, e.g. `buyer0`, so that it stays when the cast grows; those of the seed when null. */
  readonly actors: readonly string[] | null
  /** Which faults strike, as `step=kind`; those of the seed when null. */
  readonly faults: readonly string[] | null
  /** True when everybody goes on in turn, so that only faults and actors disturb. */
  readonly isInTurn: boolean
}

export function scheduleOf(seed: number): Schedule {
  return { seed, actors: null, faults: null, isInTurn: false }
}

/** `buyer0,operator2;buyer0#3=lost;in-turn`: actors, faults, order; `*` for what the seed says. */
export function formatSchedule({ actors, faults, isInTurn }: Schedule): string {
  const parts = [actors?.join(',') ?? '*', faults?.join(',') ?? '*']
  return [...parts, ...(isInTurn ? ['in-turn'] : [])].join(';')
}

/** @throws Error for a text that `formatSchedule` does not write */
export function parseSchedule(seed: number, text: string): Schedule {
  const [actors = '*', faults = '*', order = ''] = text.split(';')
  if (!/^(\*|[a-z\d,-]*)$/.test(actors) || !['', 'in-turn'].includes(order)) {
    throw new Error(`not a schedule: ${text}`)
  }
  const list = (part: string) => part.split(',').filter((item) => item !== '')
  return {
    seed,
    actors: actors === '*' ? null : list(actors),
    faults: faults === '*' ? null : list(faults),
    isInTurn: order === 'in-turn',
  }
}
