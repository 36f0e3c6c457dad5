import { html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { Order } from '../../server/contract/orders.ts'
import { paymentWords } from '../i18n/payment.ts'
import type { ApiProblem } from '../api/problem.ts'
import { httpUrl } from '../state/configuration.ts'
import { formatDateTime } from '../state/format.ts'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { surfaces } from '../styles/surfaces.ts'
import { LicensePart } from './license-part.ts'
import { orderFacts, orderViewStyles } from './order-facts.ts'
import { PayElsewhere } from './pay-elsewhere.ts'
import { paymentLink } from './payment-link.ts'

/** By then a customer wonders whether to stay. */
const MAY_CLOSE_AFTER_MS = 12_000

/**
 * @summary Waits for the payment. Never says that it failed because a window was closed: only the
 *   server knows.
 * @fires payment-opened
 * @fires payment-canceled
 * @fires check-requested
 */
export class PaymentWait extends LicensePart {
  static readonly parts = { 'license-pay-elsewhere': PayElsewhere }
  static override styles = [base, controls, surfaces, orderViewStyles]

  /** Null while an order from before a reload is being read. */
  @property({ attribute: false }) order: Order | null = null
  @property({ attribute: false }) problem: ApiProblem | null = null
  @property({ type: Boolean, attribute: 'has-checked' }) hasChecked = false
  @property({ type: Boolean, attribute: 'is-canceling' }) isCanceling = false

  @state() private mayClose = false
  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setTimeout(() => {
      this.mayClose = true
    }, MAY_CLOSE_AFTER_MS)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override focus(): void {
    this.renderRoot.querySelector('h2')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, order } = this
    if (session === null) return nothing
    const { wait } = paymentWords(session.words)
    return html`<div class="view">
      <span class="mark" aria-hidden="true"><span class="spinner"></span></span>
      <div class="words">
        <h2 tabindex="-1">${wait.title}</h2>
        <p class="muted">${wait.text}</p>
        ${order === null ? nothing : this.#payBefore(order, session)}
        <p role="status">${this.#status(session)}</p>
      </div>
      ${order === null ? nothing : this.#order(order, session)}
    </div>`
  }

  #order(order: Order, session: Session): TemplateResult {
    const { common } = session.words
    const { wait, confirm } = paymentWords(session.words)
    return html`
      ${orderFacts(order, session)}
      <div class="actions">
        <button type="button" class="button primary" part="button primary" @click=${this.#check}>
          ${wait.check}
        </button>
        ${paymentLink({
          url: order.payment_url ?? '',
          label: wait.reopen,
          look: '',
          newTab: common.opensNewTab,
          opened: () => this.dispatchEvent(new Event('payment-opened')),
        })}
      </div>
      <license-pay-elsewhere .url=${order.payment_url ?? ''}></license-pay-elsewhere>
      <p class="quiet">
        <button
          type="button"
          class="button plain"
          aria-disabled=${this.isCanceling}
          @click=${this.#cancel}
        >
          ${this.isCanceling ? confirm.canceling : wait.cancel}
        </button>
        ${this.#help(order, session)}
      </p>
    `
  }

  #help(order: Order, { words }: Session): TemplateResult | typeof nothing {
    const href = httpUrl(order.support_url)
    if (href === null) return nothing
    return html`<a href=${href} target="_blank" rel="noopener"
      >${paymentWords(words).wait.help}<span class="visually-hidden">
        ${words.common.opensNewTab}</span
      ></a
    >`
  }

  #payBefore(order: Order, { words, locale }: Session): TemplateResult {
    const time = formatDateTime(order.expires_at, locale)
    return html`<p class="muted small">${paymentWords(words).wait.payBefore(time)}</p>`
  }

  #status({ words }: Session): string {
    const { wait } = paymentWords(words)
    const { problem } = this
    if (problem?.code === 'order.completing') return wait.completing
    if (problem?.isTemporary) return wait.offline
    if (problem !== null) return problem.detail ?? words.problem.other
    if (this.hasChecked) return wait.stillOpen
    return this.mayClose ? wait.mayClose : ''
  }

  #check(): void {
    this.dispatchEvent(new Event('check-requested'))
  }

  #cancel(): void {
    if (!this.isCanceling) this.dispatchEvent(new Event('payment-canceled'))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-payment-wait': PaymentWait
  }
}
