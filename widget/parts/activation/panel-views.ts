/** What stands in the place of rows, and what is said when a request did not succeed. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ApiProblem } from '../../api/problem.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { refusal } from '../../state/activation/refusal.ts'
import { managerIcon } from '../manager-icons.ts'
import { problemNotice } from '../problem-notice.ts'

export function emptyRows(
  title: string,
  text: string,
  action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="card empty">
    ${managerIcon('key')}
    <strong>${title}</strong>
    <p class="muted">${text}</p>
    ${action}
  </div>`
}

export function waitingRows(): TemplateResult {
  return html`<div class="waiting" aria-hidden="true">
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`
}

export function problemOf(
  problem: ApiProblem | null,
  session: ActivationSession,
  retry?: () => void,
): TemplateResult | typeof nothing {
  if (problem === null) return nothing
  const { words } = session
  return problemNotice({
    problem: refusal(problem, session),
    words,
    ...(retry === undefined ? {} : { retry }),
  })
}
