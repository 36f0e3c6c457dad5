import type { Selection } from '../state/selection.ts'

/** The customer changed an answer. Stays inside the element. */
export class SelectionChange extends Event {
  readonly change: Partial<Selection>

  constructor(change: Partial<Selection>) {
    super('selection-change')
    this.change = change
  }
}
