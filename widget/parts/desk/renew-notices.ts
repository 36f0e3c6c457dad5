import { html, nothing, type TemplateResult } from 'lit'
import { formatMoney } from '../../../server/domain/money.ts'
import type { CheckoutView } from '../../state/checkout.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import type { CurrencyPart } from '../../state/desk/renewal-request.ts'
import type { RenewalSale, RenewalSaleView } from '../../state/desk/renewal-sale.ts'
import { formatNumber } from '../../state/format.ts'
import { alert } from '../alert.ts'
import { problemNotice } from '../problem-notice.ts'

interface FormNotices {
  readonly session: DeskSession
  readonly sale: RenewalSale
  readonly checkout: CheckoutView
  /** The order was canceled on the way. */
  readonly isCanceled: boolean
  /** To the payment of an order that is open. */
  readonly onResume: (orderId: string) => void
}

/** What stands between the terms and their payment. */
export function formNotices(notices: FormNotices): TemplateResult {
  const { session, sale, checkout, isCanceled, onResume } = notices
  const { view } = sale
  const { refusals, parts, problem } = view
  const onRemove = () => sale.removeRefused()
  return html`${changedNotice(session, view, checkout)}
  ${isCanceled ? canceledNotice(session) : nothing}
  ${refusals.length === 0 ? nothing : refusalNotice(session, view, { onRemove, onResume })}
  ${parts === null ? nothing : splitNotice(session, parts, (part) => sale.takePart(part))}
  ${
    problem === null
      ? nothing
      : problemNotice({ problem, words: session.words, retry: () => sale.requote() })
  }`
}

type WaysOn = Pick<FormNotices, 'onResume'> & { readonly onRemove: () => void }

/** What cannot be renewed, why, and the way on without it (line 30), or to its payment (W06). */
function refusalNotice(
  session: DeskSession,
  { refusals, extension }: RenewalSaleView,
  { onRemove, onResume }: WaysOn,
): TemplateResult {
  const { page } = session.desk
  const hasOthers = refusals.length < extension.ids.length
  return alert({
    tone: 'careful',
    role: 'alert',
    title: page.notPossible(formatNumber(refusals.length, session.locale)),
    content: html`<ul class="reasons">
        ${refusals.map(
          ({ id, reason, orderId }) =>
            html`<li>
              <span class="mono">…${id.slice(-8)}</span> ${reason}
              ${
                orderId === null
                  ? nothing
                  : html`<button
                      type="button"
                      class="button plain"
                      @click=${() => onResume(orderId)}
                    >
                      ${page.openOrder(orderId)}
                    </button>`
              }
            </li>`,
        )}
      </ul>
      ${
        hasOthers
          ? html`<button type="button" class="button" @click=${onRemove}>${page.remove}</button>`
          : nothing
      }`,
  })
}

/** One order, one currency: the customer chooses which comes first (R14). */
function splitNotice(
  session: DeskSession,
  parts: readonly CurrencyPart[],
  onPart: (part: CurrencyPart) => void,
): TemplateResult {
  const { page } = session.desk
  return alert({
    tone: 'info',
    role: 'alert',
    title: page.split,
    content: html`<p>${page.splitText}</p>
      <p class="row">
        ${parts.map(
          (part) =>
            html`<button type="button" class="button" @click=${() => onPart(part)}>
              ${page.part(formatNumber(part.ids.length, session.locale), part.currency)}
            </button>`,
        )}
      </p>`,
  })
}

/** The order was not placed: what has changed, in sentences, and both prices (W06). */
function changedNotice(
  session: DeskSession,
  { quote, previousTotalMinor }: RenewalSaleView,
  { problem }: CheckoutView,
): TemplateResult | typeof nothing {
  const { page } = session.desk
  const isOutdated = problem?.code === 'quote.outdated'
  if (problem !== null && !isOutdated) {
    return problemNotice({ problem, words: session.words, isNothingCharged: true })
  }
  if (!isOutdated && previousTotalMinor === null) return nothing
  const money = (amount: number) =>
    quote === null ? '' : formatMoney(amount, quote.currency, session.locale)
  return alert({
    tone: 'careful',
    role: 'alert',
    title: page.changed,
    content: html`<ul class="reasons">
        ${problem?.errors.map(({ detail }) => html`<li>${detail}</li>`)}
        ${
          previousTotalMinor === null || quote === null
            ? nothing
            : html`<li>${page.priceNow(money(previousTotalMinor), money(quote.total))}</li>`
        }
      </ul>
      <p>${page.changedText}</p>`,
  })
}

/** Canceled on the way: nothing was charged, and the terms are as they were (S15). */
function canceledNotice({ words }: DeskSession): TemplateResult {
  const { canceled, canceledText } = words.notices
  return alert({ tone: 'info', role: 'status', title: canceled, content: canceledText })
}

export function headingOf(
  { desk: { page, day }, locale }: DeskSession,
  { extension }: RenewalSaleView,
  isDay: boolean,
): string {
  if (extension.kind === 'add_units') return page.addUnits
  if (extension.kind === 'upgrade') return page.upgrade
  return isDay ? day.title : page.title(formatNumber(extension.ids.length, locale))
}
