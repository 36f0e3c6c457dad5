import { css, html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { LicensePart } from './license-part.ts'

const CONFIRMED_MS = 3_000

/**
 * @summary Copies a text. Where the page's permissions forbid the clipboard, the text appears,
 *   selected, to be copied by hand.
 */
export class CopyButton extends LicensePart {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline-block;
      }

      .input {
        min-inline-size: 220px;
      }
    `,
  ]

  @property() text = ''
  @property() label = ''

  @state() private outcome: 'none' | 'copied' | 'forbidden' = 'none'
  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.session === null) return nothing
    if (this.outcome === 'forbidden') {
      return html`<input
        class="input mono"
        readonly
        aria-label=${this.label}
        .value=${this.text}
      />`
    }
    const isCopied = this.outcome === 'copied'
    return html`<button type="button" class="button plain" @click=${this.#copy}>
      <span role="status">${isCopied ? this.session.words.common.copied : this.label}</span>
    </button>`
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text)
      this.outcome = 'copied'
      this.#timer = setTimeout(() => {
        this.outcome = 'none'
      }, CONFIRMED_MS)
    } catch {
      this.outcome = 'forbidden'
      await this.updateComplete
      const field = this.renderRoot.querySelector('input')
      field?.focus()
      field?.select()
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-copy-button': CopyButton
  }
}
