/** `/orders/{token}/receipt`: what was ordered, why it costs that, and what was charged. For paper, too. */
import type { Child } from 'hono/jsx'
import { parseInstant } from '../domain/calendar.ts'
import type { Cycle } from '../domain/catalogue.ts'
import { explain, type Explanation } from '../domain/explanation.ts'
import { formatMoney } from '../domain/money.ts'
import type { Consent } from '../domain/order.ts'
import type { TaxNote } from '../domain/tax.ts'
import { receiptWords } from '../i18n/receipt-words.ts'
import type { PolicySlug } from '../policies/slugs.ts'
import { Layout, type PageSetting } from './layout.tsx'
import { ReceiptAmounts } from './receipt-amounts.tsx'

export interface ReceiptLine {
  readonly name: string
  readonly upgradedFrom: string | null
  readonly keyLast4: string | null
  /** Instants; null while the line was not carried out. */
  readonly period: { readonly startsAt: string; readonly endsAt: string } | null
  readonly quantity: number
  readonly unitAmount: number
  readonly per: Cycle | 'once' | 'day'
  readonly explanation: Explanation
  readonly amount: number
  /** What came free with it (S22). */
  readonly gift: { readonly name: string; readonly quantity: number } | null
  readonly isFulfilled: boolean
}

/** Amounts in minor units of `currency`; instants are RFC 3339 UTC with whole seconds. */
export interface ReceiptView {
  readonly orderId: string
  readonly productName: string
  readonly customer: string
  readonly placedAt: string
  /** IANA zone that the dates are told in (R2). */
  readonly zone: string
  readonly currency: string
  readonly lines: readonly ReceiptLine[]
  readonly discount: number
  readonly promoCode: string | null
  readonly subtotal: number
  readonly tax: number
  readonly taxNote: TaxNote | null
  readonly waived: number
  readonly total: number
  /** What was really charged; empty when nothing had to be paid. */
  readonly payments: readonly {
    readonly amount: number
    readonly at: string
    readonly method: string | null
  }[]
  readonly refunds: readonly {
    readonly amount: number
    readonly at: string
    readonly isPending: boolean
  }[]
  /** What the customer's bank took back, by disputes that were lost. */
  readonly reversals: readonly { readonly amount: number; readonly at: string }[]
  readonly consent: Consent
}

export interface ReceiptProps {
  readonly setting: PageSetting
  readonly view: ReceiptView
}

const POLICIES: readonly PolicySlug[] = [
  'refund-policy',
  'terms-of-service',
  'payment-security',
  'delivery-activation',
  'support-policy',
]

export function ReceiptPage({ setting, view }: ReceiptProps) {
  const words = receiptWords(setting.locale)
  return (
    <Layout setting={setting} title={words.title(view.orderId)} path={null}>
      <h1>{words.heading}</h1>
      <p class="lead">{words.lead}</p>
      <Facts setting={setting} view={view} />
      <Lines setting={setting} view={view} />
      <ReceiptAmounts setting={setting} view={view} />
      <section aria-labelledby="consent">
        <h2 id="consent">{words.consent}</h2>
        <p>
          {words.consentText(
            view.consent.version,
            timeIn(setting, view, view.consent.acceptedAt),
            view.consent.locale,
          )}
        </p>
      </section>
      <section aria-labelledby="policies">
        <h2 id="policies">{words.policies}</h2>
        <ul>
          {POLICIES.map((slug) => (
            <li>
              <a href={`/${slug}`}>{setting.words.policies[slug]}</a>
            </li>
          ))}
        </ul>
      </section>
      <p class="actions screen">
        <a href={`/contact?topic=purchase&order=${encodeURIComponent(view.orderId)}`}>
          {words.help}
        </a>
      </p>
      <p class="facts screen">{words.print}</p>
    </Layout>
  )
}

/** The one page for a link that opens nothing (N09), and for an order without a receipt yet. */
export function NoReceiptPage(props: {
  readonly setting: PageSetting
  readonly why: 'gone' | 'none'
}) {
  const { setting, why } = props
  const { title, text } = receiptWords(setting.locale)[why]
  return (
    <Layout setting={setting} title={title} path={null}>
      <h1>{title}</h1>
      <div class="note warn">
        <p>{text}</p>
      </div>
      <p class="actions">
        <a class="button" href="/contact?topic=purchase">
          {receiptWords(setting.locale).help}
        </a>
      </p>
    </Layout>
  )
}

function Facts({ setting, view }: ReceiptProps) {
  const words = receiptWords(setting.locale)
  const rows: [string, Child][] = [
    [words.number, <bdi>{view.orderId}</bdi>],
    [words.product, <bdi>{view.productName}</bdi>],
    [words.customer, <bdi>{view.customer}</bdi>],
    [words.placedAt, timeIn(setting, view, view.placedAt)],
    ...view.payments.flatMap(({ at, method }): [string, Child][] => [
      [words.paidAt, timeIn(setting, view, at)],
      ...(method === null ? [] : ([[words.method, <bdi>{method}</bdi>]] as [string, Child][])),
    ]),
    [words.zone, view.zone],
  ]
  return (
    <table>
      <caption class="visually-hidden">{words.facts}</caption>
      <tbody>
        {rows.map(([label, value]) => (
          <tr>
            <th scope="row">{label}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Narrow windows stack the cells, which would be no table any more to a screen reader without roles. */
function Lines({ setting, view }: ReceiptProps) {
  const words = receiptWords(setting.locale)
  const { item, period, quantity, unitPrice, amount } = words
  return (
    <section aria-labelledby="lines">
      <h2 id="lines">{words.lines}</h2>
      <table class="stacks" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {[item, period, quantity, unitPrice, amount].map((heading) => (
              <th scope="col" role="columnheader">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {view.lines.map((line) => (
            <Line setting={setting} view={view} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Line({ setting, view, line }: ReceiptProps & { readonly line: ReceiptLine }) {
  const { locale } = setting
  const words = receiptWords(locale)
  const money = (amount: number) => formatMoney(amount, view.currency, locale)
  const count = (value: number) => new Intl.NumberFormat(locale).format(value)
  const { name, upgradedFrom, keyLast4, period, gift } = line
  const details = [
    upgradedFrom === null ? null : words.upgrade(upgradedFrom),
    keyLast4 === null ? null : words.key(keyLast4),
    explain(line.explanation, view.currency, locale),
    gift === null ? null : words.complimentary(gift.name, count(gift.quantity)),
    line.isFulfilled ? null : words.notFulfilled,
  ]
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <bdi>{name}</bdi>
        {details.map((detail) => detail && <span class="detail">{detail}</span>)}
      </th>
      <td role="cell" data-label={words.period}>
        {period !== null &&
          words.from(timeIn(setting, view, period.startsAt), timeIn(setting, view, period.endsAt))}
      </td>
      <td role="cell" data-label={words.quantity}>
        {count(line.quantity)}
      </td>
      <td role="cell" data-label={words.unitPrice}>
        {words.perCycle[line.per](money(line.unitAmount))}
      </td>
      <td role="cell" data-label={words.amount} class="amount">
        <data value={String(line.amount)} class="line">
          {money(line.amount)}
        </data>
      </td>
    </tr>
  )
}

function timeIn({ locale }: PageSetting, { zone }: ReceiptView, instant: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: zone,
  }).format(parseInstant(instant).epochMilliseconds)
}
