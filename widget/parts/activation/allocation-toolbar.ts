import { html, type TemplateResult } from 'lit'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { managerIcon } from '../manager-icons.ts'

export interface LogFilter {
  readonly kind: 'all' | 'unit' | 'key'
  /** YYYY-MM-DD in UTC, both whole; empty where it is open. */
  readonly from: string
  readonly to: string
}

export const NO_FILTER: LogFilter = { kind: 'all', from: '', to: '' }
const KINDS = ['all', 'unit', 'key'] as const

interface AllocationToolbar {
  readonly session: ActivationSession
  readonly filter: LogFilter
  readonly isBusy: boolean
  readonly isExporting: boolean
  readonly onFilter: (filter: LogFilter) => void
  readonly onRefresh: () => void
  readonly onExport: () => void
}

export function allocationToolbar(toolbar: AllocationToolbar): TemplateResult {
  const { session, filter, isBusy, isExporting, onFilter, onRefresh, onExport } = toolbar
  const { log } = session.activation
  const choose = ({ target }: Event) => {
    const value = target instanceof HTMLSelectElement ? target.value : ''
    onFilter({ ...filter, kind: KINDS.find((kind) => kind === value) ?? 'all' })
  }
  return html`<div class="toolbar">
    <label class="choice">
      <span class="small muted">${log.filter}</span>
      <select class="input" @change=${choose}>
        ${KINDS.map(
          (kind) =>
            html`<option value=${kind} ?selected=${kind === filter.kind}>
              ${log.kinds[kind]}
            </option>`,
        )}
      </select>
    </label>
    ${dateField(log.from, filter.from, log.utc, (from) => onFilter({ ...filter, from }))}
    ${dateField(log.to, filter.to, log.utc, (to) => onFilter({ ...filter, to }))}
    <span class="actions">
      <button
        type="button"
        class="button square"
        aria-label=${log.refresh}
        title=${log.refresh}
        aria-disabled=${isBusy}
        @click=${onRefresh}
      >
        ${managerIcon('refresh')}
      </button>
      <button
        type="button"
        class="button"
        part="button"
        aria-disabled=${isExporting}
        @click=${onExport}
      >
        ${isExporting ? html`<span class="spinner"></span>` : managerIcon('download')} ${log.export}
      </button>
    </span>
  </div>`
}

function dateField(
  label: string,
  value: string,
  help: string,
  onChange: (date: string) => void,
): TemplateResult {
  const change = ({ target }: Event) => target instanceof HTMLInputElement && onChange(target.value)
  return html`<label class="choice">
    <span class="small muted" title=${help}>${label}</span>
    <input class="input" type="date" title=${help} .value=${value} @change=${change} />
  </label>`
}
