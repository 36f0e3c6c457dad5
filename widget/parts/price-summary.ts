import { html, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Catalogue } from '../../server/contract/catalogue.ts'
import type { Quote, QuoteLine } from '../../server/contract/quotes.ts'
import { formatMoney } from '../../server/domain/money.ts'
import { formatDate, formatNumber } from '../state/format.ts'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { surfaces } from '../styles/surfaces.ts'
import { LicensePart } from './license-part.ts'
import { priceSummaryStyles } from './price-summary-styles.ts'

/**
 * @summary The price of the selection: each line explained, what is due today apart from what
 *   follows, and what comes free.
 * @csspart total - The amount due today.
 * @slot promo - The promo code field.
 */
export class PriceSummary extends LicensePart {
  static override styles = [base, surfaces, priceSummaryStyles]

  @property({ attribute: false }) quote: Quote | null = null
  @property({ attribute: false }) catalogue: Catalogue | null = null
  /** The price shown belongs to an earlier selection. */
  @property({ type: Boolean, attribute: 'is-quoting' }) isQuoting = false
  /** Why there is no price yet. */
  @property() waitingFor = ''

  protected override render(): TemplateResult | typeof nothing {
    const { session, quote } = this
    if (session === null) return nothing
    return html`
      <h3>${session.words.summary.title}</h3>
      <div class="body" aria-busy=${this.isQuoting}>
        ${quote === null ? this.#empty() : this.#price(quote, session)}
      </div>
      <slot name="promo"></slot>
    `
  }

  #empty(): TemplateResult {
    if (!this.isQuoting) return html`<p class="waiting muted">${this.waitingFor}</p>`
    return html`<div class="loading" aria-hidden="true">
      <div class="skeleton"></div>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`
  }

  #price(quote: Quote, session: Session): TemplateResult {
    return html`
      <ul class="lines">
        ${quote.lines.map((line) => this.#line(line, quote, session))}
        ${quote.complimentary.map((grant) => this.#complimentary(grant, quote, session))}
      </ul>
      ${this.#sums(quote, session)}
      <dl class="due">
        <div class="row total">
          <dt>${session.words.summary.dueToday}</dt>
          <dd class="money" part="total">${this.#money(quote.total, quote, session)}</dd>
        </div>
        ${this.#included(quote, session)} ${this.#afterwards(quote, session)}
      </dl>
    `
  }

  #line(line: QuoteLine, quote: Quote, session: Session): TemplateResult {
    const { words, locale } = session
    const from = formatDate(line.starts_at, locale, quote.time_zone)
    const until = formatDate(line.ends_at, locale, quote.time_zone)
    return html`<li>
      <div class="row">
        <strong>${this.#planName(line.plan)} × ${formatNumber(line.quantity, locale)}</strong>
        <span class="money">${this.#money(line.amount + line.discount, quote, session)}</span>
      </div>
      <p class="small muted">${line.explain}</p>
      <p class="small muted" title=${words.summary.periodHint}>
        <time datetime=${line.starts_at}>${from}</time> –
        <time datetime=${line.ends_at}>${until}</time>${foreignZone(quote.time_zone)}
      </p>
    </li>`
  }

  #complimentary(grant: Quote['complimentary'][number], quote: Quote, session: Session) {
    const { words, locale } = session
    const until = formatDate(grant.ends_at, locale, quote.time_zone)
    return html`<li>
      <div class="row">
        <strong>${this.#planName(grant.plan)} × ${formatNumber(grant.quantity, locale)}</strong>
        <span class="free">${words.summary.free}</span>
      </div>
      <p class="small muted">${words.summary.included}</p>
      <p class="small muted">
        <time datetime=${grant.ends_at}>${words.summary.validUntil(until)}</time>
      </p>
    </li>`
  }

  /** Only where there is something between the lines and the total. */
  #sums(quote: Quote, session: Session): TemplateResult | typeof nothing {
    const { discount, subtotal, tax, tax_note: taxNote } = quote
    const { summary } = session.words
    const hasExclusiveTax = taxNote?.mode === 'exclusive'
    if (discount === 0 && !hasExclusiveTax) return nothing
    const code = quote.promo_code === null ? '' : ` (${quote.promo_code})`
    const money = (amountMinor: number) => this.#money(amountMinor, quote, session)
    const row = (label: string, amount: string) =>
      html`<div class="row">
        <dt>${label}</dt>
        <dd class="money">${amount}</dd>
      </div>`
    return html`<dl class="sums">
      ${discount === 0 ? nothing : row(`${summary.discount}${code}`, `−${money(discount)}`)}
      ${row(summary.subtotal, money(subtotal))}
      ${hasExclusiveTax ? row(summary.tax(taxNote.name, taxNote.percent), money(tax)) : nothing}
    </dl>`
  }

  #included(quote: Quote, session: Session): TemplateResult | typeof nothing {
    const note = quote.tax_note
    if (note?.mode !== 'inclusive') return nothing
    return html`<div class="row small muted">
      <dt>${session.words.summary.taxIncluded(note.name, note.percent)}</dt>
      <dd class="money">${this.#money(quote.tax, quote, session)}</dd>
    </div>`
  }

  #afterwards(quote: Quote, session: Session): TemplateResult {
    const { summary } = session.words
    const { renewal } = quote
    if (renewal === null) {
      return html`<div class="row afterwards">
        <dt>${summary.afterwards}</dt>
        <dd>${summary.noFurtherCharges}</dd>
      </div>`
    }
    const from = formatDate(renewal.first_charge_at, session.locale, quote.time_zone)
    const amount = this.#money(renewal.amount, quote, session)
    return html`<div class="row afterwards">
      <dt>${summary.afterwards}</dt>
      <dd>
        <span class="number">${summary.afterwardsAmount[renewal.every](amount)}</span>
        <span class="small muted">${summary.afterwardsFrom(from)}</span>
      </dd>
    </div>`
  }

  #money(amountMinor: number, { currency }: Quote, { locale }: Session): string {
    return formatMoney(amountMinor, currency, locale)
  }

  #planName(id: string): string {
    return this.catalogue?.plans.find((plan) => plan.id === id)?.name ?? id
  }
}

/** Named where it is not the reader's own: the day depends on it. */
function foreignZone(zone: string): string {
  return zone === new Intl.DateTimeFormat().resolvedOptions().timeZone ? '' : ` (${zone})`
}

declare global {
  interface HTMLElementTagNameMap {
    'license-price-summary': PriceSummary
  }
}
