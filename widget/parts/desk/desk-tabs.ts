import { html, nothing, type TemplateResult } from 'lit'
import type { DeskBrowsing } from '../../state/desk/desk-browsing.ts'
import { RENEWAL_MODES, type RenewalMode } from '../../state/desk/desk-query.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { formatNumber } from '../../state/format.ts'
import { typeTabs } from '../type-tabs.ts'

/** The four tabs (S44), each with how many licenses the filters leave in it. */
export function deskTabs(
  session: DeskSession,
  browsing: DeskBrowsing,
  panelId: string,
): TemplateResult {
  const { modes, modesLabel, counted } = session.desk
  const mark = (mode: RenewalMode) => {
    const count = browsing.countOf(mode)
    const text = count === null ? nothing : counted(formatNumber(count, session.locale))
    return html`<span class="count">${text}</span>`
  }
  return typeTabs({
    label: modesLabel,
    tabs: RENEWAL_MODES.map((mode) => ({ type: mode, label: modes[mode], mark: mark(mode) })),
    chosen: browsing.view.mode,
    panelId,
    choose: (type) => {
      const mode = RENEWAL_MODES.find((known) => known === type)
      if (mode !== undefined) void browsing.chooseMode(mode)
    },
  })
}
