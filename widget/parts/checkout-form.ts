import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { Catalogue, CataloguePlan } from '../../server/contract/catalogue.ts'
import { formatMoney } from '../../server/domain/money.ts'
import type { ApiProblem } from '../api/problem.ts'
import { define } from '../define.ts'
import type { BasketView } from '../state/basket.ts'
import { type MissingField, typesOf } from '../state/selection.ts'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { surfaces } from '../styles/surfaces.ts'
import { checkoutFormStyles } from './checkout-form-styles.ts'
import { checkoutNotices, isPromoProblem } from './checkout-notices.ts'
import { ImportantNotes } from './important-notes.ts'
import { LicensePart } from './license-part.ts'
import { missingSentence } from './missing-words.ts'
import { PlanForm } from './plan-form.ts'
import { PriceSummary } from './price-summary.ts'
import { SelectionChange } from './selection-change.ts'
import { typeTabs, typeTabsStyles } from './type-tabs.ts'

/**
 * @summary The entry panel: license type, questions, price, notes and "Subscribe Now".
 * @fires selection-change
 * @fires subscribe-requested
 * @fires quote-requested - The price shall be asked for again.
 * @csspart primary - "Subscribe Now".
 * @slot terms - Further terms of the page, above the button.
 */
export class CheckoutForm extends LicensePart {
  static readonly parts = {
    'license-plan-form': PlanForm,
    'license-price-summary': PriceSummary,
    'license-important-notes': ImportantNotes,
  }

  static override styles = [base, controls, surfaces, typeTabsStyles, checkoutFormStyles]

  @property({ attribute: false }) basket: BasketView | null = null
  @property({ attribute: false }) plan: CataloguePlan | null = null
  @property({ attribute: false }) missing: readonly MissingField[] = []
  @property({ type: Boolean, attribute: 'is-submitting' }) isSubmitting = false
  /** The order before this one was canceled, so nothing was charged (S15). */
  @property({ type: Boolean, attribute: 'is-canceled' }) isCanceled = false
  /** Why the order was not placed. */
  @property({ attribute: false }) problem: ApiProblem | null = null

  @state() private isPromoOpen = false
  #summaryIsDue = false

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.subscribe')?.focus()
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    if (!this.#summaryIsDue) return
    this.#summaryIsDue = false
    this.renderRoot.querySelector<HTMLElement>('#missing')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, basket, plan } = this
    if (session === null || !basket?.catalogue) return nothing
    if (plan === null || basket.selection === null) {
      return html`<slot name="empty"><p class="muted">${session.words.form.empty}</p></slot>`
    }
    return html`
      ${
        basket.catalogue.sandbox
          ? html`<p class="chip careful sandbox">${session.words.common.sandbox}</p>`
          : nothing
      }
      ${this.#tabs(basket.catalogue, plan, session)}
      <div
        id="panel"
        class="panel"
        role=${this.#hasTabs(basket.catalogue) ? 'tabpanel' : nothing}
        aria-labelledby="tab-${plan.type}"
      >
        <div class="columns">
          ${this.#questions(basket, basket.catalogue, plan)} ${this.#summary(basket, session)}
        </div>
        <license-important-notes
          .notices=${basket.quote?.notices ?? basket.catalogue.notices[plan.id] ?? null}
          .links=${basket.catalogue.links}
        ></license-important-notes>
        <slot name="terms"></slot>
        ${checkoutNotices({
          session,
          basket,
          problem: this.problem,
          isCanceled: this.isCanceled,
          retry: () => this.dispatchEvent(new Event('quote-requested')),
        })}
        ${this.#missingSummary(plan, session)} ${this.#action(basket, session)}
      </div>
    `
  }

  #tabs(catalogue: Catalogue, plan: CataloguePlan, session: Session) {
    if (!this.#hasTabs(catalogue)) return html`<h2 id="tab-${plan.type}">${plan.name}</h2>`
    const tabs = typesOf(catalogue).map((type) => ({ type, label: labelOf(type, catalogue) }))
    const choose = (type: string) => {
      const first = catalogue.plans.find((candidate) => candidate.type === type)
      if (first) this.#change(new SelectionChange({ plan: first.id }))
    }
    const label = session.words.form.types
    return html`<h2 class="visually-hidden">${session.words.form.label}</h2>
      ${typeTabs({ label, tabs, chosen: plan.type, panelId: 'panel', choose })}`
  }

  #hasTabs(catalogue: Catalogue): boolean {
    return typesOf(catalogue).length > 1
  }

  #questions(basket: BasketView, catalogue: Catalogue, plan: CataloguePlan): TemplateResult {
    return html`<license-plan-form
      .plans=${catalogue.plans.filter(({ type }) => type === plan.type)}
      .plan=${plan}
      .selection=${basket.selection}
      .missing=${basket.hasTried ? this.missing : []}
      .currency=${basket.quote?.currency ?? this.session?.currency ?? catalogue.currencies[0] ?? ''}
      @selection-change=${this.#change}
    ></license-plan-form>`
  }

  #summary(basket: BasketView, session: Session): TemplateResult {
    return html`<license-price-summary
      .quote=${basket.quote}
      .catalogue=${basket.catalogue}
      .isQuoting=${basket.isQuoting}
      .waitingFor=${this.#waitingFor(session)}
      exportparts="total"
    >
      ${this.#promo(basket, session)}
    </license-price-summary>`
  }

  /** Why there is no price yet. */
  #waitingFor({ words }: Session): string {
    const { autoRenewal, other } = words.summary.waitingFor
    return this.missing[0]?.field === 'autoRenewal' ? autoRenewal : other
  }

  #promo({ selection, problem }: BasketView, { words }: Session): TemplateResult {
    if (!this.isPromoOpen && !selection?.promoCode) {
      return html`<div slot="promo">
        <button type="button" class="button plain" @click=${this.#openPromo}>
          ${words.form.addPromo}
        </button>
      </div>`
    }
    const refusal = isPromoProblem(problem) ? (problem.detail ?? words.problem.other) : null
    return html`<license-promo-field
      slot="promo"
      .code=${selection?.promoCode ?? null}
      .error=${refusal}
      @selection-change=${this.#change}
    ></license-promo-field>`
  }

  /** Few have a code, so its field loads when it is asked for. */
  async #openPromo(): Promise<void> {
    const { PromoField } = await import('./promo-field.ts')
    define('license-promo-field', PromoField)
    this.isPromoOpen = true
  }

  #missingSummary(plan: CataloguePlan, session: Session): TemplateResult | typeof nothing {
    const { missing } = session.words
    const isPriceless = this.basket?.isQuoting === true && this.missing.length === 0
    if (!this.basket?.hasTried || (this.missing.length === 0 && !isPriceless)) return nothing
    return html`<div class="alert bad missing" id="missing" tabindex="-1" role="alert">
      <strong>${missing.title}</strong>
      <ul>
        ${isPriceless ? html`<li>${missing.price}</li>` : nothing}
        ${this.missing.map(
          (field) =>
            html`<li>
              <button type="button" class="button plain" @click=${() => this.#focus(field)}>
                ${missingSentence(field, plan.quantity, session)}
              </button>
            </li>`,
        )}
      </ul>
    </div>`
  }

  #action({ quote, isQuoting }: BasketView, session: Session): TemplateResult {
    const { words, locale } = session
    const total = quote === null ? null : formatMoney(quote.total, quote.currency, locale)
    return html`<div class="action">
      <p aria-busy=${isQuoting} aria-hidden="true">
        ${
          total === null
            ? nothing
            : html`<span class="muted">${words.summary.dueToday}</span>
                <strong class="money">${total}</strong>`
        }
      </p>
      <button
        type="button"
        class="button primary large subscribe"
        part="button primary"
        aria-disabled=${this.isSubmitting}
        @click=${this.#subscribe}
      >
        ${
          this.isSubmitting
            ? html`<span class="spinner"></span>${words.action.preparing}`
            : words.action.subscribe
        }${
          total === null
            ? nothing
            : html`<span class="visually-hidden"> (${words.summary.announce(total)})</span>`
        }
      </button>
    </div>`
  }

  readonly #change = (event: Event): void => {
    if (event instanceof SelectionChange) this.dispatchEvent(new SelectionChange(event.change))
  }

  #subscribe(): void {
    this.#summaryIsDue = true
    this.requestUpdate()
    if (!this.isSubmitting) this.dispatchEvent(new Event('subscribe-requested'))
  }

  #focus({ field }: MissingField): void {
    this.renderRoot.querySelector('license-plan-form')?.focusField(field)
  }
}

/** A type with one plan is called by its plan. */
function labelOf(type: string, { plans }: Catalogue): string {
  return plans.find((plan) => plan.type === type)?.name ?? type
}

declare global {
  interface HTMLElementTagNameMap {
    'license-checkout-form': CheckoutForm
  }
}
