import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Order } from '../../server/contract/orders.ts'
import { formatMoney } from '../../server/domain/money.ts'
import { paymentWords } from '../i18n/payment.ts'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { LicensePart } from './license-part.ts'
import { PayElsewhere } from './pay-elsewhere.ts'
import { paymentLink } from './payment-link.ts'

/**
 * @summary "Payment Redirect Notice" (S14): asks before the customer leaves for the payment page.
 * @fires payment-opened - Continue was followed.
 * @fires payment-canceled - Cancel, or Esc.
 * @csspart dialog
 */
export class ConfirmDialog extends LicensePart {
  static readonly parts = { 'license-pay-elsewhere': PayElsewhere }

  static override styles = [
    base,
    controls,
    css`
      dialog {
        inline-size: min(460px, calc(100vw - 32px));
        max-block-size: calc(100dvh - 32px);
        padding: calc(var(--_step) * 6);
        border: 1px solid var(--_line);
        border-radius: calc(var(--_radius) * 2);
        background: var(--_surface);
        color: var(--_text);
        box-shadow: 0 24px 64px rgb(0 0 0 / 0.28);
        overflow: auto;
      }

      dialog[open] {
        display: grid;
        gap: calc(var(--_step) * 5);
      }

      dialog::backdrop {
        background: rgb(10 14 26 / 0.5);
      }

      h2 + p {
        margin-block-start: calc(var(--_step) * 2);
      }

      dl {
        display: grid;
        gap: calc(var(--_step) * 2);
        padding: calc(var(--_step) * 4);
        border-radius: var(--_radius);
        background: var(--_raised);
      }

      dl div {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: baseline;
        gap: 0 calc(var(--_step) * 4);
      }

      dd {
        overflow-wrap: anywhere;
      }

      .amount {
        font-size: 1.2em;
        font-weight: 650;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: calc(var(--_step) * 3);
      }

      .elsewhere {
        padding-block-start: calc(var(--_step) * 4);
        border-block-start: 1px solid var(--_line);
      }
    `,
  ]

  @property({ attribute: false }) order: Order | null = null
  @property({ type: Boolean, attribute: 'is-open' }) isOpen = false
  @property({ type: Boolean, attribute: 'is-canceling' }) isCanceling = false

  protected override updated(changed: PropertyValues<this>): void {
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog === null || !changed.has('isOpen')) return
    if (this.isOpen && !dialog.open) dialog.showModal()
    if (!this.isOpen && dialog.open) dialog.close()
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.session === null) return nothing
    const { common } = this.session.words
    const { confirm } = paymentWords(this.session.words)
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @cancel=${this.#escape}
      @close=${this.#closed}
    >
      <div>
        <h2 id="title" tabindex="-1" autofocus>${confirm.title}</h2>
        <p>${confirm.text} <span class="muted">${confirm.note}</span></p>
      </div>
      ${this.order === null ? nothing : this.#details(this.order, this.session)}
      <div class="actions">
        <button
          type="button"
          class="button"
          part="button"
          aria-disabled=${this.isCanceling}
          @click=${this.#cancel}
        >
          ${this.isCanceling ? confirm.canceling : common.cancel}
        </button>
        ${paymentLink({
          url: this.order?.payment_url ?? '',
          label: confirm.continue,
          look: 'primary',
          newTab: common.opensNewTab,
          opened: () => this.dispatchEvent(new Event('payment-opened')),
        })}
      </div>
      <license-pay-elsewhere
        class="elsewhere"
        .url=${this.order?.payment_url ?? ''}
      ></license-pay-elsewhere>
    </dialog>`
  }

  #details(order: Order, { words, locale }: Session): TemplateResult {
    return html`<dl>
      <div>
        <dt class="muted">${paymentWords(words).confirm.order}</dt>
        <dd class="mono">${order.id}</dd>
      </div>
      <div>
        <dt class="muted">${paymentWords(words).confirm.amount}</dt>
        <dd class="money amount">${formatMoney(order.total, order.currency, locale)}</dd>
      </div>
    </dl>`
  }

  /** Esc asks the server first; the dialog closes when the answer is there. */
  #escape(event: Event): void {
    event.preventDefault()
    this.#cancel()
  }

  /** Browsers close on a second Esc whatever the page says. */
  #closed(): void {
    if (this.isOpen) this.#cancel()
  }

  #cancel(): void {
    if (!this.isCanceling) this.dispatchEvent(new Event('payment-canceled'))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-confirm-dialog': ConfirmDialog
  }
}
