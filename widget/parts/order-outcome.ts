import { html, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Catalogue } from '../../server/contract/catalogue.ts'
import type { License } from '../../server/contract/licenses.ts'
import type { Order } from '../../server/contract/orders.ts'
import type { Quote } from '../../server/contract/quotes.ts'
import { formatMoney } from '../../server/domain/money.ts'
import { paymentWords } from '../i18n/payment.ts'
import type { Step } from '../state/step.ts'
import { httpUrl } from '../state/configuration.ts'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { surfaces } from '../styles/surfaces.ts'
import { icon } from './icons.ts'
import { issuedLicenses, issuedLicensesStyles } from './issued-licenses.ts'
import { LicensePart } from './license-part.ts'
import { orderFacts, orderViewStyles } from './order-facts.ts'
import { outcomeWords } from './outcome-words.ts'
import { paymentLink } from './payment-link.ts'

/**
 * @summary What became of an order: being processed, issued, declined, expired, being checked.
 * @fires start-again
 * @fires payment-opened
 * @fires payment-canceled
 * @slot success - Further content of the page below the issued licenses.
 */
export class OrderOutcome extends LicensePart {
  static override styles = [base, controls, surfaces, orderViewStyles, issuedLicensesStyles]

  @property() step: Step = 'issued'
  @property({ attribute: false }) order: Order | null = null
  @property({ attribute: false }) licenses: readonly License[] = []
  @property({ attribute: false }) catalogue: Catalogue | null = null
  /** The current price of the same selection, for an order that expired (W06). */
  @property({ attribute: false }) quote: Quote | null = null

  override focus(): void {
    this.renderRoot.querySelector('h2')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, order, step } = this
    if (session === null || order === null) return nothing
    const { title, text, tone, mark } = outcomeWords(step, order, session)
    return html`<div class="view">
      <span class="mark ${tone}" aria-hidden="true"
        >${mark === 'spinner' ? html`<span class="spinner"></span>` : icon(mark)}</span
      >
      <div class="words">
        <h2 tabindex="-1">${title}</h2>
        ${text.map((sentence) => html`<p class="muted">${sentence}</p>`)}
        ${step === 'expired' ? this.#priceNow(order, session) : nothing}
      </div>
      ${
        step === 'issued'
          ? issuedLicenses({
              order,
              licenses: this.licenses,
              catalogue: this.catalogue,
              session,
            })
          : nothing
      }
      ${orderFacts(order, session)}
      ${step === 'issued' ? html`<slot name="success"></slot>` : nothing}
      <div class="actions">${this.#actions(order, session)}</div>
      ${step === 'issued' ? nothing : this.#help(order, session)}
    </div>`
  }

  #actions(order: Order, session: Session): TemplateResult | typeof nothing {
    const { common } = session.words
    const { outcome } = paymentWords(session.words)
    if (this.step === 'issued') {
      return html`${this.#home(order, session)} ${this.#again(outcome.another, '')}`
    }
    if (this.step === 'declined' && order.payment_url !== null) {
      const cancel = () => this.dispatchEvent(new Event('payment-canceled'))
      return html`${paymentLink({
          url: order.payment_url,
          label: outcome.payAgain,
          look: 'primary',
          newTab: common.opensNewTab,
          opened: () => this.dispatchEvent(new Event('payment-opened')),
        })}
        <button type="button" class="button" part="button" @click=${cancel}>
          ${paymentWords(session.words).wait.cancel}
        </button>`
    }
    if (this.step === 'declined' || this.step === 'expired') {
      return this.#again(outcome.startAgain, 'primary')
    }
    return this.step === 'refunded' ? this.#again(outcome.another, '') : nothing
  }

  #home(order: Order, { homeUrl, words }: Session): TemplateResult | typeof nothing {
    const href = httpUrl(homeUrl ?? order.home_url)
    if (href === null) return nothing
    return html`<a class="button primary" part="button primary" href=${href}
      >${paymentWords(words).outcome.home}</a
    >`
  }

  #again(label: string, look: string): TemplateResult {
    const again = () => this.dispatchEvent(new Event('start-again'))
    return html`<button type="button" class="button ${look}" part="button" @click=${again}>
      ${label}
    </button>`
  }

  #help(order: Order, { words }: Session): TemplateResult | typeof nothing {
    const href = httpUrl(order.support_url)
    if (href === null) return nothing
    return html`<p class="quiet">
      <a href=${href} target="_blank" rel="noopener"
        >${paymentWords(words).wait.help}<span class="visually-hidden">
          ${words.common.opensNewTab}</span
        ></a
      >
    </p>`
  }

  #priceNow(order: Order, { words, locale }: Session): TemplateResult | typeof nothing {
    if (this.quote === null || this.quote.currency !== order.currency) return nothing
    const money = (amountMinor: number) => formatMoney(amountMinor, order.currency, locale)
    const now = money(this.quote.total)
    const sentence =
      this.quote.total === order.total
        ? paymentWords(words).outcome.priceSame(now)
        : words.notices.priceNow(money(order.total), now)
    return html`<p>${sentence}</p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-order-outcome': OrderOutcome
  }
}
