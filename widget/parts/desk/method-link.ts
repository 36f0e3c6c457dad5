import { html, type TemplateResult } from 'lit'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import type { SavedMethods } from '../../state/desk/saved-methods.ts'
import { paymentLink } from '../payment-link.ts'
import { problemNotice } from '../problem-notice.ts'

/** The way to the provider's page that saves a method, in a new window; then the wait for it. */
export function methodLink(
  session: DeskSession,
  saved: SavedMethods,
  label: string,
): TemplateResult {
  const { auto } = session.desk
  const prepare = () => void saved.prepare(pageUrl(), session.locale)
  if (saved.problem !== null) {
    return problemNotice({ problem: saved.problem, words: session.words, retry: prepare })
  }
  if (saved.url !== null) {
    return html`${paymentLink({
        url: saved.url,
        label,
        look: saved.isWaiting ? '' : 'primary',
        newTab: session.words.common.opensNewTab,
        opened: () => saved.opened(),
      })}
      <p class="small muted" role="status">
        ${saved.isWaiting ? html`<span class="spinner"></span> ${auto.waiting}` : ''}
      </p>`
  }
  return html`<button
    type="button"
    class="button primary"
    aria-disabled=${saved.isPreparing}
    @click=${prepare}
  >
    ${saved.isPreparing ? html`<span class="spinner"></span> ${auto.preparing}` : label}
  </button>`
}

/** This page without its fragment, which is nobody else's business. */
function pageUrl(): string {
  const url = new URL(location.href)
  url.hash = ''
  return url.href
}
