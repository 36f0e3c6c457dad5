import { html, nothing, type TemplateResult } from 'lit'
import { css } from 'lit'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string | null
}

interface ChoiceGroup {
  readonly name: string
  readonly legend: string
  readonly choices: readonly Choice[]
  /** Null: nothing is preselected. */
  readonly chosen: string | null
  readonly isDisabled?: boolean
  readonly error?: string | null
  readonly choose: (value: string) => void
}

/** A question with few answers, each a large target with its consequence beside it. */
export function choiceGroup(group: ChoiceGroup): TemplateResult {
  const { name, legend, choices, chosen, isDisabled = false, error, choose } = group
  return html`<fieldset
    class="choices"
    ?disabled=${isDisabled}
    aria-describedby=${error ? `${name}-error` : nothing}
  >
    <legend>${legend}</legend>
    <div class="options">
      ${choices.map(
        ({ value, label, hint }) =>
          html`<label class="choice">
            <input
              type="radio"
              name=${name}
              .value=${value}
              .checked=${value === chosen}
              aria-invalid=${error ? 'true' : nothing}
              @change=${() => choose(value)}
            />
            <span>
              <span class="choice-label">${label}</span>
              ${hint ? html`<span class="hint">${hint}</span>` : nothing}
            </span>
          </label>`,
      )}
    </div>
    ${error ? html`<p class="field-error" id="${name}-error">${error}</p>` : nothing}
  </fieldset>`
}

export const choiceGroupStyles = css`
  .choices > * + * {
    margin-block-start: calc(var(--_step) * 1.5);
  }

  .options {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr));
    gap: calc(var(--_step) * 2);
  }

  .choice {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: calc(var(--_step) * 2.5);
    align-items: start;
    padding: calc(var(--_step) * 2.5) calc(var(--_step) * 3);
    border: 1px solid var(--_field-line);
    border-radius: var(--_radius);
    background: var(--_surface);
    cursor: pointer;
  }

  .choice:hover {
    background: var(--_raised);
  }

  .choice:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    background: var(--_accent-soft);
  }

  .choice:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  .choice:has([aria-invalid='true']) {
    border-color: var(--_danger);
  }

  .choice input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0.15em 0 0;
    accent-color: var(--_accent);
    outline: none;
  }

  .choice-label {
    display: block;
    font-weight: 550;
  }

  .choice .hint {
    display: block;
    line-height: 1.4;
    margin-block-start: 2px;
  }

  .choices:disabled .choice {
    cursor: default;
    border-color: var(--_line);
    background: var(--_raised);
    box-shadow: none;
    color: var(--_muted);
  }
`
