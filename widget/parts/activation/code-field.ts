import { html, nothing, type TemplateResult } from 'lit'

interface TextField {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly hint?: string
  /** Said at the field; null: nothing is wrong. */
  readonly error?: string | null
  readonly onInput: (value: string) => void
}

/** For codes of several lines, as people paste or type them. */
export function codeField(field: TextField & { readonly rows: number }): TemplateResult {
  const { id, value, rows, onInput } = field
  return around(
    field,
    html`<textarea
      id=${id}
      class="input mono"
      rows=${rows}
      dir="ltr"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      aria-describedby=${describedBy(field)}
      aria-invalid=${isWrong(field)}
      .value=${value}
      @input=${(event: Event) => onInput(valueOf(event))}
    ></textarea>`,
  )
}

export function textField(field: TextField): TemplateResult {
  const { id, value, onInput } = field
  return around(
    field,
    html`<input
      id=${id}
      class="input"
      dir="auto"
      maxlength="255"
      autocomplete="off"
      aria-describedby=${describedBy(field)}
      aria-invalid=${isWrong(field)}
      .value=${value}
      @input=${(event: Event) => onInput(valueOf(event))}
    />`,
  )
}

function around({ id, label, hint, error }: TextField, control: TemplateResult): TemplateResult {
  return html`<div class="field">
    <label class="label" for=${id}>${label}</label>
    ${control} ${hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <p class="field-error" id="${id}-error" role="alert">${error ?? nothing}</p>
  </div>`
}

function describedBy({ id, hint }: TextField): string {
  return hint === undefined ? `${id}-error` : `${id}-error ${id}-hint`
}

function isWrong({ error }: TextField): boolean {
  return typeof error === 'string'
}

function valueOf({ target }: Event): string {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
    ? target.value
    : ''
}
