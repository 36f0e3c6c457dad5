import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { type Step, viewOf } from '../state/step.ts'
import { Checkout, type CheckoutView } from '../state/checkout.ts'
import { base } from '../styles/base.ts'
import { ConfirmDialog } from './confirm-dialog.ts'
import { OrderOutcome } from './order-outcome.ts'
import { PaymentWait } from './payment-wait.ts'
import { onWakeUp } from './wake-up.ts'

/** Loaded together: what decides after the form, and what shows it. */
export { Checkout }

/**
 * @summary Everything that follows an order: the question, the waiting, the outcome. Loaded while
 *   the customer reads the form, and always before an order is placed.
 * @slot success
 */
export class PaymentPanel extends LitElement {
  static readonly parts = {
    'license-confirm-dialog': ConfirmDialog,
    'license-payment-wait': PaymentWait,
    'license-order-outcome': OrderOutcome,
  }

  static override styles = base

  @property({ attribute: false }) checkout: Checkout | null = null
  /** `checkout.view`: a new value is a reason to render. */
  @property({ attribute: false }) view: CheckoutView | null = null
  /** The step whose view is on the screen: canceling stays where it began. */
  @property() shown: Step = 'editing'
  #stopListening: (() => void) | null = null

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stopListening = onWakeUp(() => this.checkout?.nudge())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stopListening?.()
  }

  /** Starts a screen reader at the heading of what has replaced the form. */
  override focus(): void {
    const inner = this.renderRoot.querySelector<PaymentWait | OrderOutcome>(
      'license-payment-wait, license-order-outcome',
    )
    void inner?.updateComplete.then(() => inner.focus())
  }

  protected override render(): TemplateResult | typeof nothing {
    const { checkout, view } = this
    if (checkout === null || view === null) return nothing
    const kind = viewOf(this.shown)
    return html`
      ${kind === 'wait' ? this.#wait(checkout, view) : nothing}
      ${kind === 'outcome' ? this.#outcome(checkout, view) : nothing}
      <license-confirm-dialog
        .order=${view.order}
        .isOpen=${this.shown === 'confirm' && Boolean(view.order?.payment_url)}
        .isCanceling=${view.step === 'canceling'}
        exportparts="button, dialog"
        @payment-opened=${() => checkout.opened()}
        @payment-canceled=${() => void checkout.cancel()}
      ></license-confirm-dialog>
    `
  }

  #wait(checkout: Checkout, { order, problem, hasChecked, step }: CheckoutView): TemplateResult {
    return html`<license-payment-wait
      .order=${order}
      .problem=${problem}
      .hasChecked=${hasChecked}
      .isCanceling=${step === 'canceling'}
      exportparts="button, primary"
      @check-requested=${() => checkout.checkNow()}
      @payment-opened=${() => checkout.opened()}
      @payment-canceled=${() => void checkout.cancel()}
    ></license-payment-wait>`
  }

  #outcome(checkout: Checkout, { order, licenses }: CheckoutView): TemplateResult {
    const { catalogue, quote } = checkout.sale.view
    return html`<license-order-outcome
      .step=${this.shown}
      .order=${order}
      .licenses=${licenses}
      .catalogue=${catalogue}
      .quote=${quote}
      exportparts="button, primary"
      @start-again=${() => checkout.startAgain()}
      @payment-canceled=${() => void checkout.cancel()}
      @payment-opened=${() => checkout.opened()}
    >
      <slot name="success" slot="success"></slot>
    </license-order-outcome>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-payment-panel': PaymentPanel
  }
}
