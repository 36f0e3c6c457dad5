import { html, nothing, type TemplateResult } from 'lit'
import type { RenewalMode } from '../../state/desk/desk-query.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import type { MadeMove, ModeChange } from '../../state/desk/mode-change.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'
import { icon } from '../icons.ts'
import { problemNotice } from '../problem-notice.ts'

/** A tab without licenses, and how they come to it. */
export function emptyDesk({ desk: { empty } }: DeskSession, mode: RenewalMode): TemplateResult {
  return html`<div class="placeholder">
    <span class="emblem">${icon('clock')}</span>
    <h3>${empty[mode]}</h3>
    <p class="muted">${empty.text}</p>
  </div>`
}

/** What was done, and the way back; stays until the next move, because nobody reads in five seconds. */
export function movedToast(
  session: DeskSession,
  { made, problem, isBusy, dismiss }: Pick<ModeChange, 'made' | 'problem' | 'isBusy' | 'dismiss'>,
  onUndo: () => void,
): TemplateResult {
  const { moved } = session.desk
  if (problem !== null) return problemNotice({ problem, words: session.words, retry: dismiss })
  return html`<div role="status">
    ${
      made === null
        ? nothing
        : html`<div class="toast">
            <span>${movedWords(made, session)}</span>
            ${
              made.back.length === 0
                ? nothing
                : html`<button
                    type="button"
                    class="button plain"
                    aria-disabled=${isBusy}
                    @click=${onUndo}
                  >
                    ${moved.undo}
                  </button>`
            }
            <button type="button" class="button plain" @click=${dismiss}>${moved.dismiss}</button>
          </div>`
    }
  </div>`
}

function movedWords({ move, licenses, back }: MadeMove, session: DeskSession): string {
  const { moved } = session.desk
  const count = formatNumber(move.ids.length, session.locale)
  const wasAuto = back.length > 0 && back.every(({ mode }) => mode === 'auto')
  const isOff = wasAuto && move.mode !== 'pay_per_use'
  const [only] = licenses
  const until =
    isOff && only !== undefined && licenses.length === 1
      ? moved.until(formatDate(only.expires_at, session.locale, knownZone(only.time_zone)))
      : ''
  return `${isOff ? moved.autoOff(count) : moved[move.mode](count)} ${until}`.trim()
}
