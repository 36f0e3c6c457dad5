import { html, nothing, type TemplateResult } from 'lit'
import type { ApiProblem } from '../api/problem.ts'
import type { Messages } from '../i18n/en.ts'
import { alert } from './alert.ts'

interface ProblemNotice {
  readonly problem: ApiProblem
  readonly words: Messages
  /** Said wherever money might have been on the customer's mind. */
  readonly isNothingCharged?: boolean
  readonly retry?: () => void
  /** Stands beside "Try again". */
  readonly more?: TemplateResult
}

/** What happened, what was not charged, what to do, and what to quote to support. */
export function problemNotice(notice: ProblemNotice): TemplateResult {
  const { problem, words, isNothingCharged = false, retry, more } = notice
  const { reference, nothingCharged } = words.problem
  return alert({
    tone: 'bad',
    role: 'alert',
    title: sentence(problem, words),
    content: html`
      ${problem.errors.map(({ detail }) => html`<p>${detail}</p>`)}
      ${isNothingCharged ? html`<p>${nothingCharged}</p>` : nothing}
      <p class="hint">${reference(problem.code, problem.requestId)}</p>
      ${
        retry
          ? html`<button type="button" class="button" @click=${retry}>
              ${words.common.retry}
            </button>`
          : nothing
      }
      ${more ?? nothing}
    `,
  })
}

function sentence(problem: ApiProblem, words: Messages): string {
  switch (problem.code) {
    case 'network.unreachable':
      return words.problem.unreachable
    case 'network.timeout':
      return words.problem.timeout
    case 'answer.unreadable':
      return words.problem.unreadable
    case 'auth':
    case 'token.invalid':
    case 'token.missing':
      return words.problem.auth
    case 'widget.failed':
      return words.problem.other
    default:
      return problem.detail ?? words.problem.other
  }
}
