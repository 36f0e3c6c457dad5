/** Which licenses are chosen, over all pages and filters. Immutable, and knows nothing of the screen. */

/** What one order can hold (S48). */
export const BATCH_MAX = 100
/** What one selection can hold: as many as the server names at once. */
export const SELECTION_MAX = 1000

export interface RenewalSelection {
  /** In the order in which they were chosen. */
  readonly ids: ReadonlySet<string>
  /** The row that was chosen last: where a range of Shift begins. */
  readonly anchor: string | null
}

export const NOTHING_SELECTED: RenewalSelection = { ids: new Set(), anchor: null }

interface Toggle {
  readonly id: string
  readonly isSelected: boolean
  /** Ids of the rows on the screen, from top to bottom. */
  readonly page: readonly string[]
  /** With Shift: everything from the row that was chosen last up to this one. */
  readonly isRange: boolean
}

export function toggled(selection: RenewalSelection, toggle: Toggle): RenewalSelection {
  const { id, isSelected, page, isRange } = toggle
  const ids = isRange ? rangeOf(page, selection.anchor, id) : [id]
  return { ids: changed(selection.ids, ids, isSelected), anchor: id }
}

/** The check box over the column: all rows of the page in, or all out. */
export function pageToggled(
  selection: RenewalSelection,
  page: readonly string[],
): RenewalSelection {
  const isSelected = pageState(selection, page) !== 'all'
  return { ...selection, ids: changed(selection.ids, page, isSelected) }
}

export function withAlso(selection: RenewalSelection, ids: Iterable<string>): RenewalSelection {
  return { ...selection, ids: changed(selection.ids, [...ids], true) }
}

export function without(selection: RenewalSelection, ids: Iterable<string>): RenewalSelection {
  return { ...selection, ids: changed(selection.ids, [...ids], false) }
}

export function pageState(
  { ids }: RenewalSelection,
  page: readonly string[],
): 'none' | 'some' | 'all' {
  const selected = page.filter((id) => ids.has(id)).length
  if (selected === 0) return 'none'
  return selected === page.length ? 'all' : 'some'
}

/** Chosen, but not among what the filters show. @param matching null while it is not known */
export function hiddenCount(
  { ids }: RenewalSelection,
  matching: ReadonlySet<string> | null,
): number {
  return matching === null ? 0 : [...ids].filter((id) => !matching.has(id)).length
}

/** What one order takes, and how many wait for the next. */
export function nextBatch({ ids }: RenewalSelection): {
  readonly batch: readonly string[]
  readonly later: number
} {
  const batch = [...ids].slice(0, BATCH_MAX)
  return { batch, later: ids.size - batch.length }
}

function changed(
  ids: ReadonlySet<string>,
  some: readonly string[],
  isSelected: boolean,
): ReadonlySet<string> {
  const next = new Set(ids)
  for (const id of some) {
    if (!isSelected) next.delete(id)
    else if (next.size < SELECTION_MAX) next.add(id)
  }
  return next
}

/** An anchor that is on another page begins no range. */
function rangeOf(page: readonly string[], anchor: string | null, id: string): readonly string[] {
  const from = anchor === null ? -1 : page.indexOf(anchor)
  const to = page.indexOf(id)
  if (from === -1 || to === -1) return [id]
  return page.slice(Math.min(from, to), Math.max(from, to) + 1)
}
