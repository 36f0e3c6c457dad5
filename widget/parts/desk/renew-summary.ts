import { html, nothing, type TemplateResult } from 'lit'
import type { PaymentMethod } from '../../../server/contract/payment-methods.ts'
import type { Quote } from '../../../server/contract/quotes.ts'
import { formatMoney } from '../../../server/domain/money.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { linesOf } from '../../state/desk/renewal-request.ts'
import type { RenewalSaleView } from '../../state/desk/renewal-sale.ts'
import { formatNumber } from '../../state/format.ts'
import { choiceGroup } from '../choice-group.ts'
import { methodName } from './renewal-state.ts'

interface RenewSummary {
  readonly session: DeskSession
  readonly view: RenewalSaleView
  readonly methods: readonly PaymentMethod[]
  /** Id of the saved method that pays; null: the payment page. */
  readonly chosen: string | null
  readonly isSubmitting: boolean
  readonly onMethod: (id: string | null) => void
  readonly onPay: () => void
}

const PAYMENT_PAGE = 'checkout'

/** What is due, how it is paid, what is agreed to, and the one button. */
export function renewSummary(summary: RenewSummary): TemplateResult {
  const { session, view } = summary
  const { quote, isQuoting } = view
  const { page } = session.desk
  return html`<section class="card summary" aria-busy=${isQuoting} aria-labelledby="summary">
    <h3 id="summary">${session.words.summary.title}</h3>
    ${
      quote === null
        ? html`<div class="skeleton block" aria-hidden="true"></div>`
        : html`${amounts(quote, session)} ${methodChoice(summary)}
          ${
            view.catalogue === null
              ? nothing
              : html`<license-important-notes
                  .notices=${quote.notices}
                  .links=${view.catalogue.links}
                ></license-important-notes>`
          }
          ${payButton(summary, quote)}`
    }
    <p class="visually-hidden" role="status">
      ${quote === null || isQuoting ? '' : page.announce(formatMoney(quote.total, quote.currency, session.locale))}
    </p>
  </section>`
}

function amounts(quote: Quote, session: DeskSession): TemplateResult {
  const { page } = session.desk
  const { summary } = session.words
  const money = (amount: number) => formatMoney(amount, quote.currency, session.locale)
  const note = quote.tax_note
  const count = formatNumber(linesOf(quote).length, session.locale)
  const row = (label: string, amount: number) =>
    html`<div>
      <dt>${label}</dt>
      <dd class="money">${money(amount)}</dd>
    </div>`
  const taxWords = note?.mode === 'inclusive' ? summary.taxIncluded : summary.tax
  return html`<dl>
    ${row(`${page.subtotal} (${page.count(count)})`, quote.subtotal + quote.discount)}
    ${quote.discount === 0 ? nothing : row(summary.discount, -quote.discount)}
    ${note === null ? nothing : row(taxWords(note.name, note.percent), quote.tax)}
    <div class="due">
      <dt>${page.due}</dt>
      <dd class="money" part="total">${money(quote.total)}</dd>
    </div>
  </dl>`
}

/** A saved method pays at once; the payment page takes any other (S41). */
function methodChoice({ session, methods, chosen, view, onMethod }: RenewSummary) {
  if (methods.length === 0 || view.quote?.total === 0) return nothing
  const { page } = session.desk
  return choiceGroup({
    name: 'method',
    legend: page.method,
    chosen: chosen ?? PAYMENT_PAGE,
    choices: [
      { value: PAYMENT_PAGE, label: page.checkout, hint: page.checkoutHint },
      ...methods.map((method) => ({
        value: method.id,
        label: methodName(method, session),
        hint: [cardExpiry(method, session), page.saved].join(' ').trim(),
      })),
    ],
    choose: (value) => onMethod(value === PAYMENT_PAGE ? null : value),
  })
}

function payButton(summary: RenewSummary, quote: Quote): TemplateResult {
  const { session, isSubmitting, view, onPay } = summary
  const { page } = session.desk
  const amount = formatMoney(quote.total, quote.currency, session.locale)
  const label = quote.total === 0 ? page.renewFree : page.pay(amount)
  const isWaiting = isSubmitting || view.isQuoting || view.refusals.length > 0
  return html`<button
    type="button"
    class="button primary large pay"
    part="button primary"
    aria-disabled=${isWaiting}
    @click=${onPay}
  >
    ${isSubmitting ? html`<span class="spinner"></span> ${page.preparing}` : label}
  </button>`
}

/** Two cards may end alike. */
function cardExpiry({ expires }: PaymentMethod, { desk }: DeskSession): string {
  if (expires === null) return ''
  const [year = '', month = ''] = expires.split('-')
  return desk.page.cardExpires(`${month}/${year}`)
}
