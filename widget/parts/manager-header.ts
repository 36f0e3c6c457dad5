import { html, nothing, type TemplateResult } from 'lit'
import type { ManagerSession } from '../state/manager-session.ts'
import { icon } from './icons.ts'
import { managerIcon } from './manager-icons.ts'

interface ManagerHeader {
  readonly session: ManagerSession
  readonly isSandbox: boolean
  readonly onAdd: () => void
  readonly onManage: () => void
  readonly onCode: () => void
}

/** Title, and the ways on (S3, S29, S34). */
export function managerHeader({
  session,
  isSandbox,
  onAdd,
  onManage,
  onCode,
}: ManagerHeader): TemplateResult {
  const { manager, words, isAnonymous, isRenewOnly } = session
  return html`<div class="header">
    <div>
      <h2>${words.manager.label}</h2>
      ${isSandbox ? html`<p class="small muted">${words.common.sandbox}</p>` : nothing}
    </div>
    ${
      isRenewOnly
        ? nothing
        : html`<div class="actions">
            ${
              isAnonymous
                ? nothing
                : html`<button type="button" class="button" part="button" @click=${onManage}>
                      ${managerIcon('settings')} ${manager.subscriptions.open}
                    </button>
                    <button type="button" class="button" part="button" @click=${onCode}>
                      ${managerIcon('key')} ${manager.byCode}
                    </button>`
            }
            <button type="button" class="button primary" part="button primary" @click=${onAdd}>
              ${icon('plus')} ${manager.add}
            </button>
          </div>`
    }
  </div>`
}
