/** What stands between the manager's tabs and its list, when there is something to say. */
import { html, type TemplateResult } from 'lit'
import type { ManagerSession } from '../state/manager-session.ts'
import type { Session } from '../state/session.ts'
import { alert } from './alert.ts'

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

/** Bought, but on another page of this list, or filtered out. */
export function arrivalNotice(
  { manager }: ManagerSession,
  count: number,
  onShow: () => void,
): TemplateResult {
  const { added, show } = manager.news
  return notice('good', added(String(count)), show, onShow)
}

/** An order waits for its payment, after a reload or in the closed sheet. */
export function unfinishedNotice(
  { manager }: ManagerSession,
  onContinue: () => void,
): TemplateResult {
  const { unfinished, continue: goOn } = manager.news
  return notice('info', unfinished, goOn, onContinue)
}

function notice(
  tone: 'good' | 'info',
  title: string,
  action: string,
  act: () => void,
): TemplateResult {
  const content = html`<button type="button" class="button plain" @click=${act}>${action}</button>`
  return alert({ tone, title, content })
}
