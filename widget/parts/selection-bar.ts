import { html, type TemplateResult } from 'lit'
import { formatNumber } from '../state/format.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { nextBatch, type RenewalSelection } from '../state/renewal-selection.ts'

interface SelectionBar {
  readonly session: ManagerSession
  readonly selection: RenewalSelection
  readonly onRenew: (ids: readonly string[]) => void
  readonly onClear: () => void
}

/** At the top of the list, in the toolbar's place: More > Renew for everything selected (S37). */
export function selectionBar({
  session,
  selection,
  onRenew,
  onClear,
}: SelectionBar): TemplateResult {
  const { actions, selected } = session.manager
  const { batch } = nextBatch(selection)
  return html`<div class="toolbar bulk" role="toolbar" aria-label=${selected.label}>
    <license-menu
      .label=${selected.more}
      .items=${[{ label: actions.renew, run: () => onRenew(batch) }]}
    ></license-menu>
    <span class="facts">
      <strong>${selected.count(formatNumber(selection.ids.size, session.locale))}</strong>
      <button type="button" class="button plain" @click=${onClear}>${selected.clear}</button>
    </span>
  </div>`
}
