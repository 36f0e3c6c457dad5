import { html, nothing, type TemplateResult } from 'lit'
import { icon } from './icons.ts'

export interface Alert {
  readonly tone: 'info' | 'good' | 'careful' | 'bad'
  readonly title: string
  /** A sentence, or a template with what to do next. */
  readonly content?: string | TemplateResult | null
  /** `alert` interrupts a screen reader; only for what the customer did not ask for. */
  readonly role?: 'alert' | 'status'
}

const ICONS = { info: 'alert', good: 'check', careful: 'alert', bad: 'alert' } as const

export function alert({ tone, title, content, role }: Alert): TemplateResult {
  return html`<div class="alert ${tone}" role=${role ?? nothing}>
    ${icon(ICONS[tone])}
    <div>
      <strong>${title}</strong>
      ${typeof content === 'string' ? html`<p>${content}</p>` : (content ?? nothing)}
    </div>
  </div>`
}
