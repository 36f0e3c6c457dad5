import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import { ApiProblem } from './api/problem.ts'
import { define } from './define.ts'
import { LicenseEvent } from './events.ts'
import { CheckoutForm } from './parts/checkout-form.ts'
import { LicenseElement } from './parts/license-element.ts'
import type { PaymentPanel } from './parts/payment-panel.ts'
import { priceAnnouncement } from './parts/price-announcement.ts'
import { problemNotice } from './parts/problem-notice.ts'
import { SelectionChange } from './parts/selection-change.ts'
import { type Step, viewOf } from './state/step.ts'
import { Basket } from './state/basket.ts'
import type { CheckoutHost } from './state/checkout-host.ts'
import type { Checkout } from './state/checkout.ts'
import type { Language } from './state/language.ts'
import { recallOrder } from './state/open-order.ts'
import type { Session } from './state/session.ts'
import { subscribePanelStyles } from './styles/subscribe-panel.ts'

/**
 * Sells the licenses of one product inside a host console: form, price, notes, the payment page in
 * a new window, and the license.
 *
 * @tag license-subscribe
 * @summary Sells the licenses of one product.
 * @fires license-ready
 * @fires license-quote
 * @fires license-checkout-request - Cancelable.
 * @fires license-payment-open
 * @fires license-payment-pending
 * @fires license-purchased
 * @fires license-cancelled
 * @fires license-error
 * @csspart root - Everything that the element shows.
 * @csspart panel - The card around it.
 * @csspart primary - The one primary button.
 * @csspart button - Every large button.
 * @csspart total - The amount due today.
 * @csspart dialog - "Payment Redirect Notice".
 * @slot header - Above the panel's content.
 * @slot footer - Below it.
 * @slot terms - Further terms, above the button.
 * @slot empty - When nothing is sold.
 * @slot success - Below issued licenses.
 * @slot - For browsers without scripts: a link to the hosted purchase page.
 */
export class LicenseSubscribe extends LicenseElement {
  static readonly parts = { 'license-checkout-form': CheckoutForm }

  static override styles = [...LicenseElement.styles, subscribePanelStyles]

  @state() private isPreparing = false
  #basket: Basket | null = null
  /** What follows the form; null until its code is there. */
  #checkout: Checkout | null = null
  #held: Session | null = null
  /** The step whose view is on the screen; canceling stays where it began. */
  #shown: Step = 'editing'
  #focusIsDue = false
  readonly #host: CheckoutHost = {
    changed: () => this.requestUpdate(),
    emit: (name, detail) => this.dispatchEvent(new LicenseEvent(name, detail)),
    failed: (problem) => this.report(problem),
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#basket?.start()
    this.#checkout?.start()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  /** Presses "Subscribe Now" for the customer, who still has to confirm and to pay. */
  async openCheckout(): Promise<void> {
    const basket = this.#basket
    if (this.isPreparing || basket === null || basket.check() === null) return
    this.isPreparing = true
    try {
      const checkout = await this.#prepare(basket)
      await checkout?.submit()
    } catch (cause) {
      basket.failed(new ApiProblem({ code: 'network.unreachable' }, { cause }))
    } finally {
      this.isPreparing = false
    }
  }

  /** Cancels the order that waits for its payment, like the customer's own button. */
  async close(): Promise<void> {
    await this.#checkout?.cancel()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    this.#followSession()
    const step = this.#checkout?.view.step ?? 'editing'
    if (step !== 'canceling' && viewOf(step) !== viewOf(this.#shown)) {
      this.#focusIsDue = Boolean(this.shadowRoot?.activeElement)
    }
    if (step !== 'canceling') this.#shown = step
    this.setStates({
      loading: !this.#basket?.view.catalogue,
      error: step === 'error' || Boolean(this.#basket?.view.problem),
      paid: step === 'issued',
    })
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    if (this.#focusIsDue) void this.#moveFocus()
  }

  protected override label({ words }: Language): string {
    return words.form.label
  }

  protected override renderLoading(): TemplateResult {
    return html`<div class="card panel" part="panel">
      <div class="loading skeleton" aria-hidden="true"></div>
    </div>`
  }

  protected override renderSession(session: Session): TemplateResult {
    const basket = this.#basket
    const isResuming = this.#checkout === null && this.isPreparing
    if (basket === null || (isResuming && basket.view.selection === null)) {
      return this.renderLoading()
    }
    const view = viewOf(this.#shown)
    return html`<div class="card panel" part="panel">
        <slot name="header"></slot>
        ${view === 'form' ? this.#form(basket, session) : nothing}
        ${this.#checkout === null ? nothing : this.#payment(this.#checkout, session)}
        <slot name="footer"></slot>
      </div>
      <p class="visually-hidden" role="status">
        ${view === 'form' ? priceAnnouncement(basket.view, session) : nothing}
      </p>`
  }

  #form(basket: Basket, { words }: Session): TemplateResult {
    const { catalogue, problem } = basket.view
    if (catalogue === null) {
      return problem === null
        ? html`<div class="loading skeleton" aria-hidden="true"></div>`
        : problemNotice({ problem, words, retry: () => void basket.start() })
    }
    return html`<license-checkout-form
      .basket=${basket.view}
      .plan=${basket.plan}
      .missing=${basket.missing}
      .isSubmitting=${this.isPreparing}
      .isCanceled=${this.#shown === 'canceled'}
      .problem=${this.#checkout?.view.problem ?? null}
      exportparts="button, primary, total"
      @selection-change=${(event: Event) => {
        if (event instanceof SelectionChange) basket.edit(event.change)
      }}
      @subscribe-requested=${() => void this.openCheckout()}
      @quote-requested=${() => basket.requote()}
    >
      <slot name="terms" slot="terms"></slot>
      <slot name="empty" slot="empty"></slot>
    </license-checkout-form>`
  }

  #payment(checkout: Checkout, { words }: Session): TemplateResult {
    const { problem, step } = checkout.view
    return html`${
        step === 'error' && problem !== null
          ? problemNotice({ problem, words, retry: () => checkout.start() })
          : nothing
      }
      <license-payment-panel
        .checkout=${checkout}
        .view=${checkout.view}
        .shown=${this.#shown}
        exportparts="button, primary, dialog"
      >
        <slot name="success" slot="success"></slot>
      </license-payment-panel>`
  }

  #followSession(): void {
    const { session } = this
    const before = this.#held
    this.#held = session
    if (session === null) return this.#stop()
    if (before?.client !== session.client) return this.#begin(session)
    if (before.type !== session.type && session.type !== null) {
      this.#basket?.chooseType(session.type)
    }
    if (before.locale !== session.locale) void this.#basket?.start()
    else if (before.currency !== session.currency) this.#basket?.requote()
  }

  #begin(session: Session): void {
    this.#stop()
    this.#checkout = null
    const basket = new Basket(() => this.#held ?? session, this.#host)
    this.#basket = basket
    if (this.isConnected) void basket.start()
    void this.#resume(basket, session)
  }

  /** Loads what follows the form while the customer reads it; a failure is tried again later. */
  async #resume(basket: Basket, { publishableKey }: Session): Promise<void> {
    this.isPreparing = recallOrder(publishableKey) !== null
    await this.#prepare(basket).catch(() => {})
    this.isPreparing = false
  }

  /** Nothing is ordered that could not be shown. @returns null when the product changed meanwhile */
  async #prepare(basket: Basket): Promise<Checkout | null> {
    const { Checkout, PaymentPanel } = await import('./parts/payment-panel.ts')
    define('license-payment-panel', PaymentPanel)
    const session = this.#held
    if (session === null || this.#basket !== basket) return null
    if (this.#checkout !== null) return this.#checkout
    this.#checkout = new Checkout(basket, () => this.#held ?? session, this.#host)
    if (this.isConnected) this.#checkout.start()
    this.requestUpdate()
    return this.#checkout
  }

  #stop(): void {
    this.#basket?.stop()
    this.#checkout?.stop()
  }

  async #moveFocus(): Promise<void> {
    this.#focusIsDue = false
    const selector =
      viewOf(this.#shown) === 'form' ? 'license-checkout-form' : 'license-payment-panel'
    const view = this.renderRoot.querySelector<CheckoutForm | PaymentPanel>(selector)
    await view?.updateComplete
    view?.focus()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-subscribe': LicenseSubscribe
  }
}
