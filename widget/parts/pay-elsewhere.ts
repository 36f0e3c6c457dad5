import { css, html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { paymentWords } from '../i18n/payment.ts'
import { define } from '../define.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { CopyButton } from './copy-button.ts'
import { LicensePart } from './license-part.ts'

/** @summary The payment page for another browser or a phone: a link to copy, a code to scan. */
export class PayElsewhere extends LicensePart {
  static readonly parts = { 'license-copy-button': CopyButton }

  static override styles = [
    base,
    controls,
    css`
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: calc(var(--_step) * 1) calc(var(--_step) * 5);
      }

      license-qr-code {
        margin-block-start: calc(var(--_step) * 3);
      }
    `,
  ]

  @property() url = ''

  @state() private isCodeShown = false

  protected override render(): TemplateResult | typeof nothing {
    if (this.session === null || this.url === '') return nothing
    const { confirm } = paymentWords(this.session.words)
    return html`
      <div class="actions">
        <license-copy-button .text=${this.url} .label=${confirm.copyLink}></license-copy-button>
        <button
          type="button"
          class="button plain"
          aria-expanded=${this.isCodeShown}
          @click=${this.#toggleCode}
        >
          ${confirm.showCode}
        </button>
      </div>
      ${
        this.isCodeShown
          ? html`<license-qr-code .text=${this.url} .label=${confirm.codeLabel}></license-qr-code>`
          : nothing
      }
    `
  }

  async #toggleCode(): Promise<void> {
    const { QrCode } = await import('./qr-code.ts')
    define('license-qr-code', QrCode)
    this.isCodeShown = !this.isCodeShown
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-pay-elsewhere': PayElsewhere
  }
}
