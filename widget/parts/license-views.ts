/** What stands in the place of rows: nothing yet, no match, a failure, or an old copy. */
import { css, html, type TemplateResult } from 'lit'
import type { ApiProblem } from '../api/problem.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { alert } from './alert.ts'
import { icon } from './icons.ts'
import { managerIcon } from './manager-icons.ts'
import { problemNotice } from './problem-notice.ts'

/** @param noun name of the license type; null: of all */
export function emptyView(
  session: ManagerSession,
  noun: string | null,
  onAdd: () => void,
): TemplateResult {
  const { views, add } = session.manager
  return placeholder(
    managerIcon('key'),
    noun === null ? views.emptyAnyTitle : views.emptyTitle(noun),
    views.emptyText,
    html`<button type="button" class="button primary" @click=${onAdd}>
      ${icon('plus')} ${add}
    </button>`,
  )
}

export function noMatchView(session: ManagerSession, onClear: () => void): TemplateResult {
  const { views, filters } = session.manager
  return placeholder(
    icon('search'),
    views.noMatchTitle,
    views.noMatchText,
    html`<button type="button" class="button" @click=${onClear}>${filters.clear}</button>`,
  )
}

export function failedView(
  session: ManagerSession,
  problem: ApiProblem,
  retry: () => void,
): TemplateResult {
  const { problem: words } = session.words
  return html`<div class="failed">
    ${problemNotice({
      problem,
      words: session.words,
      retry,
      more: html`<license-copy-button
        .label=${session.manager.actions.copyReference}
        .text=${words.reference(problem.code, problem.requestId)}
      ></license-copy-button>`,
    })}
  </div>`
}

/** Something is missing, but not what the customer looks at. */
export function partialNotice(
  session: ManagerSession,
  text: string,
  problem: ApiProblem,
  retry: () => void,
): TemplateResult {
  const { problem: words, common } = session.words
  return alert({
    tone: 'careful',
    role: 'status',
    title: text,
    content: html`<p class="hint">${words.reference(problem.code, problem.requestId)}</p>
      <button type="button" class="button plain" @click=${retry}>${common.retry}</button>`,
  })
}

export function anonymousView(session: ManagerSession): TemplateResult {
  const { anonymousTitle, anonymousText } = session.manager.views
  return placeholder(managerIcon('key'), anonymousTitle, anonymousText, html``)
}

function placeholder(
  picture: TemplateResult,
  title: string,
  text: string,
  action: TemplateResult,
): TemplateResult {
  return html`<div class="placeholder">
    <span class="emblem">${picture}</span>
    <h3>${title}</h3>
    <p class="muted">${text}</p>
    ${action}
  </div>`
}

export const viewStyles = css`
  .placeholder {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: calc(var(--_step) * 2);
    min-block-size: 300px;
    padding: calc(var(--_step) * 8) calc(var(--_step) * 5);
    text-align: center;
  }
  .placeholder .button {
    margin-block-start: calc(var(--_step) * 3);
  }
  .placeholder h3 {
    font-size: 1.067em;
  }
  .placeholder p {
    max-inline-size: 46ch;
  }
  .emblem {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    margin-block-end: calc(var(--_step) * 2);
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: 1.2em;
  }
  .failed {
    min-block-size: 300px;
    padding: calc(var(--_step) * 4);
  }
  .failed .button {
    margin-block-start: calc(var(--_step) * 3);
  }
  .failed license-copy-button {
    display: inline-block;
    margin-inline-start: calc(var(--_step) * 3);
  }
`
