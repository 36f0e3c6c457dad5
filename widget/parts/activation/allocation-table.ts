import { html, nothing, type TemplateResult } from 'lit'
import type { Allocation } from '../../../server/contract/allocations.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { formatDateTime, formatNumber } from '../../state/format.ts'

interface AllocationTable {
  readonly session: ActivationSession
  readonly rows: readonly Allocation[]
  readonly isBusy: boolean
  /** Entries of several licenses stand together. */
  readonly hasLicense: boolean
}

/** One table for every width; where it is narrow each row is a block, and the roles are written out. */
export function allocationTable(table: AllocationTable): TemplateResult {
  const { session, rows, isBusy, hasLicense } = table
  const { log } = session.activation
  const heading = (name: string, label: string) =>
    html`<th role="columnheader" scope="col" class=${name}>${label}</th>`
  return html`<table role="table" aria-busy=${isBusy}>
    <caption class="visually-hidden">
      ${log.title}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${heading('event', log.event)} ${heading('time', log.time)}
        ${hasLicense ? heading('license', log.license) : nothing} ${heading('who', log.who)}
        ${heading('in-use', log.inUse)} ${heading('by', log.by)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((entry) => row(entry, table))}
    </tbody>
  </table>`
}

function row(entry: Allocation, { session, hasLicense }: AllocationTable): TemplateResult {
  const { activation, locale } = session
  const { log } = activation
  const { at, license_id: id, plan_name: plan, in_use: inUse, by } = entry
  return html`<tr role="row" part="row">
    <th role="rowheader" scope="row" class="event">
      ${eventName(entry.event, session)} ${reasonOf(entry, session)}
    </th>
    <td role="cell" class="time"><time datetime=${at}>${formatDateTime(at, locale)}</time></td>
    ${
      hasLicense
        ? html`<td role="cell" class="license">
            <bdi>${plan}</bdi> <span class="mono muted id" title=${id}>…${id.slice(-8)}</span>
          </td>`
        : nothing
    }
    <td role="cell" class="who">${subject(entry, session)}</td>
    <td role="cell" class="in-use">
      ${
        inUse === null
          ? nothing
          : html`<span class="column">${log.inUse}</span> ${formatNumber(inUse, locale)}`
      }
    </td>
    <td role="cell" class="by"><span class="column">${log.by}</span> ${log.bys[by]}</td>
  </tr>`
}

/** As somebody wrote it, in whatever script. */
function reasonOf({ reason }: Allocation, { activation }: ActivationSession) {
  if (!reason) return nothing
  return html`<span class="muted reason">${activation.log.reason} <bdi>${reason}</bdi></span>`
}

/** One that is younger than these words is shown as it is. */
function eventName(event: string, { activation }: ActivationSession): string {
  const words: Partial<Record<string, string>> = activation.events
  return words[event] ?? event
}

/** The digest of a code says nothing to people; that it came by a code does. */
function subject({ who, fingerprint, reference }: Allocation, { activation }: ActivationSession) {
  const named = who ?? reference
  if (named !== null) return html`<bdi>${named}</bdi>`
  if (fingerprint?.startsWith('reg:')) return activation.installations.code
  return fingerprint === null ? nothing : html`<bdi class="mono">${fingerprint}</bdi>`
}
