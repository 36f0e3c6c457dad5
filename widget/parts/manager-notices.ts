/** What stands between the manager's tabs and its list, when there is something to say. */
import { html, nothing, type TemplateResult } from 'lit'
import type { UnusedSoon } from '../../server/contract/licenses.ts'
import type { CatalogueSource } from '../state/catalogue-source.ts'
import { formatDate, formatNumber } from '../state/format.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { knownZone } from '../state/relative-time.ts'
import type { Session } from '../state/session.ts'
import { alert } from './alert.ts'
import { partialNotice } from './license-views.ts'

/** The page asks for a license type that the product does not sell (W3). */
export function mistakeInType(
  { words }: Session,
  got: string,
  types: readonly string[],
): TemplateResult {
  const { title, detail } = words.configuration
  return alert({
    tone: 'bad',
    role: 'alert',
    title,
    content: detail('type', got, types.join(', ')),
  })
}

/** The licenses are there, but what can be bought is not. */
export function catalogueNotice(session: ManagerSession, source: CatalogueSource) {
  const { problem } = source
  if (problem === null) return nothing
  const { partialCatalogue } = session.manager.views
  return partialNotice(session, partialCatalogue, problem, () => void source.load())
}

interface ManagerNotices {
  /** An order waits for its payment, after a reload or in the closed sheet. */
  readonly isUnfinished: boolean
  readonly onContinue: () => void
  /** Bought, but on another page of this list, or filtered out. */
  readonly arrived: number
  readonly onArrived: () => void
  readonly unused: UnusedSoon | null
  /** Null where they are on the screen already. */
  readonly onUnused: (() => void) | null
}

export function managerNotices(session: ManagerSession, notices: ManagerNotices): TemplateResult {
  const { isUnfinished, onContinue, arrived, onArrived, unused, onUnused } = notices
  const { unfinished, continue: goOn, added, show } = session.manager.news
  return html`${isUnfinished ? notice('info', unfinished, null, goOn, onContinue) : nothing}
  ${arrived > 0 ? notice('good', added(String(arrived)), null, show, onArrived) : nothing}
  ${unused === null ? nothing : unusedNotice(session, unused, onUnused)}`
}

/** What came free ends with its purchase, used or not (S25, S26, S28). */
function unusedNotice(
  { manager, locale }: ManagerSession,
  { units, licenses, expires_at, time_zone }: UnusedSoon,
  onUnused: (() => void) | null,
): TemplateResult {
  const { unused, unusedUntil, show } = manager.news
  const until = formatDate(expires_at, locale, knownZone(time_zone))
  const text = unusedUntil(until, licenses > 1)
  return notice('careful', unused(formatNumber(units, locale)), text, show, onUnused)
}

function notice(
  tone: 'good' | 'info' | 'careful',
  title: string,
  text: string | null,
  action: string,
  act: (() => void) | null,
): TemplateResult {
  const content = html`${text === null ? nothing : html`<p>${text}</p>`}
  ${act === null ? nothing : html`<button type="button" class="button plain" @click=${act}>${action}</button>`}`
  return alert({ tone, title, content })
}
