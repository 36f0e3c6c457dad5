import { css, html, nothing, type TemplateResult } from 'lit'
import type { CataloguePlan } from '../../server/contract/catalogue.ts'
import { formatNumber } from '../state/format.ts'
import { parseQuantity, stepQuantity } from '../state/selection.ts'
import type { Session } from '../state/session.ts'
import { icon } from './icons.ts'

interface QuantityField {
  readonly text: string
  readonly limits: CataloguePlan['quantity']
  readonly session: Session
  readonly error: string | null
  readonly change: (text: string) => void
}

/**
 * A number as text: `type=number` would throw away a pasted "1,000", and change by the scroll wheel.
 * Arrow keys and the two buttons move along the plan's steps.
 */
export function quantityField(field: QuantityField): TemplateResult {
  const { text, session, error, change } = field
  const { words } = session
  const move = (steps: number) => change(moved(field, steps))
  return html`<div class="field">
    <label class="label" for="quantity">${words.form.quantity}</label>
    <div class="quantity">
      <button type="button" aria-label=${words.form.fewer} @click=${() => move(-1)}>
        ${icon('minus')}
      </button>
      <input
        id="quantity"
        class="input number"
        inputmode="numeric"
        autocomplete="off"
        spellcheck="false"
        .value=${text}
        aria-required="true"
        aria-invalid=${error === null ? nothing : 'true'}
        aria-describedby=${error === null ? nothing : 'quantity-error'}
        @input=${({ target }: InputEvent) => {
          if (target instanceof HTMLInputElement) change(target.value)
        }}
        @keydown=${(event: KeyboardEvent) => {
          const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key]
          if (steps === undefined) return
          event.preventDefault()
          move(steps)
        }}
      />
      <button type="button" aria-label=${words.form.more} @click=${() => move(1)}>
        ${icon('plus')}
      </button>
    </div>
    ${error === null ? nothing : html`<p class="field-error" id="quantity-error">${error}</p>`}
  </div>`
}

function moved({ text, limits, session }: QuantityField, steps: number): string {
  const next = stepQuantity(parseQuantity(text, session.locale), steps, limits)
  return formatNumber(next, session.locale)
}

export const quantityFieldStyles = css`
  .quantity {
    display: grid;
    grid-template-columns: 44px minmax(60px, 1fr) 44px;
    max-inline-size: 240px;
  }

  .quantity button {
    display: grid;
    place-items: center;
    padding: 0;
    border: 1px solid var(--_field-line);
    background: var(--_surface);
    color: var(--_text);
    cursor: pointer;
  }

  .quantity button:hover {
    background: var(--_raised);
  }

  .quantity button:first-child {
    border-inline-end: 0;
    border-start-start-radius: var(--_radius);
    border-end-start-radius: var(--_radius);
  }

  .quantity button:last-child {
    border-inline-start: 0;
    border-start-end-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
  }

  .quantity .input {
    border-radius: 0;
    text-align: center;
    font-weight: 550;
  }

  .quantity :focus-visible {
    outline-offset: 0;
    position: relative;
    z-index: 1;
  }
`
