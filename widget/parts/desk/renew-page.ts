import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { errorEvent, LicenseEvent } from '../../events.ts'
import { Checkout } from '../../state/checkout.ts'
import type { CheckoutHost } from '../../state/checkout-host.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { linesOf, type Terms } from '../../state/desk/renewal-request.ts'
import { orderMemory, rememberOrder } from '../../state/open-order.ts'
import { isPriceable, RenewalSale } from '../../state/desk/renewal-sale.ts'
import { SavedMethods } from '../../state/desk/saved-methods.ts'
import { type Step, viewOf } from '../../state/step.ts'
import type { PaymentPanel } from '../payment-panel.ts'
import type { Opening } from './opening.ts'
import { renewDone } from './renew-done.ts'
import { renewForm } from './renew-form.ts'
import { renewLines } from './renew-lines.ts'
import { formNotices, headingOf } from './renew-notices.ts'
import { renewPageStyles } from './renew-styles.ts'
import { renewSummary } from './renew-summary.ts'

/**
 * One order for some licenses (S38–S42): terms, before and after, price, payment, and what came of
 * it. The way from Pay to the result is the one that purchases take.
 *
 * @summary The Renew page.
 * @csspart total - What is due today.
 */
export class RenewPage extends LitElement {
  static override styles = renewPageStyles

  @property({ attribute: false }) session: DeskSession | null = null
  @property({ attribute: false }) opening: Opening | null = null
  @property({ attribute: false }) onBack: () => void = () => {}
  /** The server says that they are renewed. */
  @property({ attribute: false }) onRenewed: (ids: readonly string[]) => void = () => {}

  #sale: RenewalSale | null = null
  #checkout: Checkout | null = null
  #saved: SavedMethods | null = null
  #isChoosingDay = false
  #isChangingUnits = false
  #shown: Step = 'editing'
  #focusIsDue = true
  readonly #host: CheckoutHost = {
    changed: () => {
      if (this.#checkout?.view.order && !this.session?.isRenewOnly) void this.#sale?.keepDay()
      this.requestUpdate()
    },
    emit: (name, detail) => {
      if (name === 'license-renewed') this.#renewed()
      return this.dispatchEvent(new LicenseEvent(name, detail))
    },
    failed: (problem) => {
      // Removed meanwhile, perhaps in another tab: nothing was ordered.
      if (problem.code === 'payment_method.not_found') this.#forgetMethod()
      this.dispatchEvent(errorEvent(problem))
    },
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.hasUpdated) this.#begin()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#end()
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('session')
    const isOther = changed.has('session') && before?.client !== this.session?.client
    const isTranslated = before !== undefined && before?.locale !== this.session?.locale
    if (isOther || changed.has('opening')) this.#begin()
    else if (isTranslated) this.#sale?.start()
    const step = this.#checkout?.view.step ?? 'editing'
    if (step !== 'canceling' && viewOf(step) !== viewOf(this.#shown)) this.#focusIsDue = true
    // An earlier order, which stood in the way, is out of it.
    const isNew = this.#shown !== step
    if (step === 'canceled' && isNew && this.#sale?.view.quote === null) this.#sale.requote()
    if (step !== 'canceling') this.#shown = step
  }

  protected override updated(): void {
    if (!this.#focusIsDue || this.session === null) return
    this.#focusIsDue = false
    const isForm = viewOf(this.#shown) === 'form' || this.#shown === 'issued'
    if (isForm) this.focus()
    else this.renderRoot.querySelector<PaymentPanel>('license-payment-panel')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    const sale = this.#sale
    const checkout = this.#checkout
    if (session === null || sale === null || checkout === null) return nothing
    const isForm = viewOf(this.#shown) === 'form'
    return html`<div class="page">
      ${this.#shown === 'issued' ? this.#renderDone(session, sale, checkout) : nothing}
      ${isForm ? this.#renderForm(session, sale, checkout) : nothing}
      ${
        this.#shown === 'issued'
          ? nothing
          : html`<license-payment-panel
              exportparts="button, primary, dialog"
              .checkout=${checkout}
              .view=${checkout.view}
              .shown=${this.#shown}
            ></license-payment-panel>`
      }
    </div>`
  }

  #renderForm(session: DeskSession, sale: RenewalSale, checkout: Checkout): TemplateResult {
    const { view } = sale
    const { extension } = view
    const { page, day } = session.desk
    const isDay = this.opening?.terms?.isAligned === true
    return html`<div class="head">
        <button type="button" class="button plain" @click=${this.onBack}>
          <span class="arrow" aria-hidden="true">←</span> ${page.back}
        </button>
        <h2 tabindex="-1">${headingOf(session, view, isDay)}</h2>
        ${isDay ? html`<p class="muted">${day.text} ${day.later}</p>` : nothing}
      </div>
      ${formNotices({
        session,
        sale,
        checkout: checkout.view,
        isCanceled: this.#shown === 'canceled',
        onResume: (orderId) => {
          rememberOrder(orderMemory(session.publishableKey, 'renewal'), orderId)
          checkout.start()
        },
      })}
      ${extension.ids.length === 0 ? html`<p>${page.nothingLeft}</p>` : nothing}
      ${isPriceable(view) ? this.#renderTerms(session, sale, checkout) : nothing}`
  }

  #renderTerms(session: DeskSession, sale: RenewalSale, checkout: Checkout): TemplateResult {
    const { view } = sale
    return html`<div class="columns">
      <div class="main">
        ${renewForm({
          session,
          view,
          isChoosingDay: this.#isChoosingDay,
          onTerms: (terms: Partial<Terms>) => sale.choose(terms),
          onUnits: (quantity) => {
            if (view.extension.kind === 'add_units') sale.extend({ ...view.extension, quantity })
          },
          onChangeDay: () => {
            this.#isChoosingDay = true
            this.requestUpdate()
          },
          onDay: (day) => sale.tryDay(day),
        })}
        ${renewLines({
          session,
          view,
          isChangingUnits: this.#isChangingUnits,
          onChangeUnits: () => {
            this.#isChangingUnits = true
            this.requestUpdate()
          },
          onTerms: (terms) => sale.choose(terms),
        })}
      </div>
      ${renewSummary({
        session,
        view,
        methods: this.#saved?.methods ?? [],
        chosen: sale.paymentMethod,
        isSubmitting: checkout.view.step === 'submitting',
        onMethod: (id) => {
          sale.paymentMethod = id
          this.requestUpdate()
        },
        onPay: () => void checkout.submit(),
      })}
    </div>`
  }

  #renderDone(session: DeskSession, sale: RenewalSale, checkout: Checkout) {
    const [next] = sale.view.later
    return renewDone({
      session,
      sale: sale.view,
      checkout: checkout.view,
      next: next ?? null,
      onNext: () => {
        if (next !== undefined) sale.takePart(next)
        checkout.startAgain()
      },
      onBack: this.onBack,
    })
  }

  #begin(): void {
    this.#end()
    const { session, opening } = this
    if (session === null || opening === null) return
    const current = () => this.session ?? session
    const { renewals } = session
    const sale = new RenewalSale({ ...opening, session: current, renewals, host: this.#host })
    this.#sale = sale
    this.#checkout = new Checkout(sale, current, this.#host)
    this.#saved = new SavedMethods({
      renewals,
      changed: () => this.requestUpdate(),
      onSaved: ({ id }) => (sale.paymentMethod = id),
    })
    this.#isChangingUnits = opening.extension.ids.length === 1
    this.#isChoosingDay = opening.terms?.isAligned === true
    this.#focusIsDue = true
    sale.start()
    this.#checkout.start()
    if (!session.isRenewOnly) void this.#saved.load()
  }

  #end(): void {
    this.#sale?.stop()
    this.#checkout?.stop()
    this.#saved?.stop()
  }

  #forgetMethod(): void {
    if (this.#sale !== null) this.#sale.paymentMethod = null
    void this.#saved?.load()
  }

  /** Told before the page hears it: the list behind is already new then. */
  #renewed(): void {
    const quote = this.#sale?.view.quote
    const ids = this.#checkout?.view.order?.licenses ?? []
    this.onRenewed(quote ? linesOf(quote).map((line) => line.license_id) : ids)
  }
}
