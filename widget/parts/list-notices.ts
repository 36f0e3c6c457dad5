import { html, nothing, type TemplateResult } from 'lit'
import { formatDateTime } from '../state/format.ts'
import type { LicenseExport } from '../state/license-export.ts'
import type { LicenseListing } from '../state/license-listing.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { failedView, partialNotice } from './license-views.ts'

/** Rows that could not be refreshed are shown, and how old they are. */
export function staleNotice(
  session: ManagerSession,
  { list, problem }: Pick<LicenseListing<never>, 'list' | 'problem'>,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (list === null || problem === null) return nothing
  const time = formatDateTime(list.now, session.locale)
  return partialNotice(session, session.manager.views.partialRefresh(time), problem, retry)
}

/** The file has been offered; some frames forbid that, so the link stays. */
export function exportNotice(
  session: ManagerSession,
  { file, problem }: Pick<LicenseExport, 'file' | 'problem'>,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (problem !== null) return failedView(session, problem, retry)
  if (file === null) return nothing
  const { exported, saveAgain } = session.manager.news
  return html`<p class="small muted">
    ${exported(file.name)} <a href=${file.url} download=${file.name}>${saveAgain}</a>
  </p>`
}
