import { html, nothing, type TemplateResult } from 'lit'
import type { LicenseExport } from '../../state/license-export.ts'
import type { DeskBrowsing } from '../../state/desk/desk-browsing.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { csvName, save } from '../../state/license-export.ts'
import type { MenuItem } from '../license-menu.ts'
import { bulkBar } from './bulk-bar.ts'
import { deskToolbar } from './desk-toolbar.ts'
import type { TypeName } from './opening.ts'

export interface DeskBars {
  readonly session: DeskSession
  readonly browsing: DeskBrowsing
  readonly types: readonly TypeName[]
  readonly exporting: LicenseExport
  readonly onBatch: () => void
  readonly onDay: () => void
  readonly onSelectAll: () => void
  readonly onExport: () => void
  /** What can be done with all that is selected. */
  readonly items: readonly MenuItem[]
}

/** The toolbar keeps its room under the other bar, so that choosing a row moves nothing. */
export function deskBars(bars: DeskBars): TemplateResult {
  const { session, browsing, types, exporting, onBatch, onDay, onExport } = bars
  const { filter, listing, selection, searchFor, changeFilter } = browsing
  const hasSelection = selection.size > 0
  const isExporting = exporting.isRunning
  return html`<div class="bars">
    <div ?inert=${hasSelection}>
      ${deskToolbar({
        session,
        filter,
        types,
        isBusy: listing.isBusy,
        isExporting,
        onSearch: searchFor,
        onFilter: (change) => void changeFilter(change),
        onRefresh: () => void browsing.reload(),
        onBatch,
        onDay,
        onExport,
      })}
    </div>
    ${
      hasSelection
        ? bulkBar({
            session,
            selection,
            count: listing.list?.count ?? 0,
            onSelectAll: bars.onSelectAll,
            onClear: () => selection.clear(),
            items: bars.items,
            onBatch,
            onDay,
          })
        : nothing
    }
  </div>`
}

/** What is selected, else what the filters show (line 52). */
export async function exportShown(
  session: DeskSession,
  browsing: DeskBrowsing,
  exporting: LicenseExport,
): Promise<void> {
  const now = browsing.listing.list?.now ?? ''
  const file = await exporting.run(
    (signal) => browsing.csv(session.client, signal),
    csvName('licenses', now),
  )
  if (file === null) return
  save(file)
  session.announce(session.manager.news.exported(file.name))
}
