import { css, html, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { LicensePart } from './license-part.ts'
import { SelectionChange } from './selection-change.ts'

/**
 * @summary A promo code.
 * @fires selection-change
 */
export class PromoField extends LicensePart {
  static override styles = [
    base,
    controls,
    css`
      .applied,
      .entry {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: calc(var(--_step) * 2);
      }

      .applied {
        justify-content: space-between;
        align-items: center;
      }

      .field {
        flex: 1 1 140px;
      }

      .input {
        text-transform: uppercase;
      }
    `,
  ]

  @property() code: string | null = null
  /** Why the server did not take the code. */
  @property() error: string | null = null

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.session === null) return nothing
    if (this.code !== null && this.error === null) return this.#applied(this.code, this.session)
    return this.#entry(this.session)
  }

  #applied(code: string, { words }: Session): TemplateResult {
    return html`<div class="applied small">
      <span role="status">${words.form.promoApplied(code)}</span>
      <button type="button" class="button plain" @click=${this.#remove}>
        ${words.form.remove}
      </button>
    </div>`
  }

  #entry({ words }: Session): TemplateResult {
    const error = this.error
    return html`<form class="entry" @submit=${this.#apply}>
      <div class="field">
        <label class="label" for="code">${words.form.promo}</label>
        <input
          id="code"
          name="code"
          class="input"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="64"
          .value=${this.code ?? ''}
          aria-invalid=${error === null ? nothing : 'true'}
          aria-describedby=${error === null ? nothing : 'error'}
        />
      </div>
      <button class="button">${words.form.apply}</button>
      ${
        error === null
          ? nothing
          : html`<button type="button" class="button plain" @click=${this.#remove}>
                ${words.form.remove}
              </button>
              <p class="field-error" id="error" role="alert">${error}</p>`
      }
    </form>`
  }

  #apply(event: SubmitEvent): void {
    event.preventDefault()
    const code = this.renderRoot.querySelector('input')?.value.trim().toUpperCase()
    if (code) this.dispatchEvent(new SelectionChange({ promoCode: code }))
  }

  #remove(): void {
    this.dispatchEvent(new SelectionChange({ promoCode: null }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-promo-field': PromoField
  }
}
