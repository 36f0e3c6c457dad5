import { html, nothing, type TemplateResult } from 'lit'
import type { DeskSelection } from '../../state/desk/desk-selection.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { BATCH_MAX } from '../../state/renewal-selection.ts'
import { formatNumber } from '../../state/format.ts'
import type { MenuItem } from '../license-menu.ts'

export interface BulkBar {
  readonly session: DeskSession
  readonly selection: DeskSelection
  /** How many the filters show on all pages. */
  readonly count: number
  readonly onBatch: () => void
  readonly onDay: () => void
  readonly onSelectAll: () => void
  readonly onClear: () => void
  readonly items: readonly MenuItem[]
}

/** Takes the toolbar's place while something is selected, and its height (line 30). */
export function bulkBar(bar: BulkBar): TemplateResult {
  const { session, selection, count, onBatch, onDay, onSelectAll, onClear, items } = bar
  const { bulk } = session.desk
  const number = (value: number) => formatNumber(value, session.locale)
  const { size, hidden, isLoading, batch } = selection
  return html`<div class="toolbar bulk" role="toolbar" aria-label=${session.manager.selected.label}>
    <button type="button" class="button primary act" part="button primary" @click=${onBatch}>
      ${bulk.renew}
    </button>
    <button type="button" class="button act" @click=${onDay}>${bulk.day}</button>
    ${
      items.length === 0
        ? nothing
        : html`<license-menu .label=${bulk.more} .items=${items}></license-menu>`
    }
    <span class="facts">
      <strong>${session.manager.selected.count(number(size))}</strong>
      ${hidden === 0 ? nothing : html`<span class="muted small">${bulk.hidden(number(hidden))}</span>`}
      ${
        size - hidden >= count || count === 0
          ? nothing
          : html`<button
              type="button"
              class="button plain"
              aria-disabled=${isLoading}
              @click=${onSelectAll}
            >
              ${bulk.all(number(count))}
            </button>`
      }
      <button type="button" class="button plain" @click=${onClear}>
        ${session.manager.selected.clear}
      </button>
      ${
        batch.later === 0
          ? nothing
          : html`<span class="small warn"
              >${bulk.batch(number(BATCH_MAX), number(batch.later))}</span
            >`
      }
    </span>
  </div>`
}
