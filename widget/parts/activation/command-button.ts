import { html, nothing, type TemplateResult } from 'lit'

interface CommandButton {
  readonly isRunning: boolean
  readonly label: string
  readonly look?: 'primary' | 'plain' | ''
  /** Spoken in its place, where several have the same label. */
  readonly name?: string
  /** Absent: it submits its form, as Enter in a field does. */
  readonly run?: () => void
}

/** A button that sends a request; focusable while it runs, so that the focus is not lost. */
export function commandButton({
  isRunning,
  label,
  name,
  look = '',
  run,
}: CommandButton): TemplateResult {
  return html`<button
    type=${run === undefined ? 'submit' : 'button'}
    class="button ${look}"
    part=${look === 'primary' ? 'button primary' : 'button'}
    aria-label=${name ?? nothing}
    aria-disabled=${isRunning}
    @click=${run ?? nothing}
  >
    ${isRunning ? html`<span class="spinner"></span>` : nothing} ${label}
  </button>`
}
