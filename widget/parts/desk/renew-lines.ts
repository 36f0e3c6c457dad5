import { html, nothing, type TemplateResult } from 'lit'
import type { ExtensionLine, Quote } from '../../../server/contract/quotes.ts'
import { formatMoney } from '../../../server/domain/money.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { linesOf, type Terms } from '../../state/desk/renewal-request.ts'
import type { RenewalSaleView } from '../../state/desk/renewal-sale.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'
import { parseQuantity } from '../../state/selection.ts'
import { valueOf } from '../license-toolbar.ts'

interface RenewLines {
  readonly session: DeskSession
  readonly view: RenewalSaleView
  /** The fields are there; in a batch they come when asked for. */
  readonly isChangingUnits: boolean
  readonly onChangeUnits: () => void
  readonly onTerms: (terms: Partial<Terms>) => void
}

/** Before and after of each license, and how its price comes about (line 33, R13). */
export function renewLines(table: RenewLines): TemplateResult {
  const { session, view } = table
  const { page } = session.desk
  const { quote, isQuoting, extension } = view
  return html`<div class="card lines" aria-busy=${isQuoting}>
    <div class="caption">
      <h3 id="lines">${extension.kind === 'renewal' ? page.lines : page.changes}</h3>
      ${
        extension.kind !== 'renewal' || table.isChangingUnits
          ? nothing
          : html`<button type="button" class="button plain" @click=${table.onChangeUnits}>
              ${page.changeUnits}
            </button>`
      }
    </div>
    <table role="table" aria-labelledby="lines">
      <thead role="rowgroup">
        <tr role="row">
          ${columnsOf(table).map(
            (label) => html`<th role="columnheader" scope="col">${label}</th>`,
          )}
          <th role="columnheader" scope="col" class="amount">${page.price}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${
          quote === null
            ? extension.ids.slice(0, 6).map(() => skeletonRow(table))
            : linesOf(quote).map((line) => row(line, quote, table))
        }
      </tbody>
    </table>
  </div>`
}

/** Without the price. More units and another plan leave the expiration as it is. */
function columnsOf({ session, view }: RenewLines): readonly string[] {
  const { page } = session.desk
  const { license, quantity, expires, newExpiry, added } = page
  const isRenewal = view.extension.kind === 'renewal'
  return [license, quantity, expires, ...(isRenewal ? [newExpiry, added] : [])]
}

function row(line: ExtensionLine, quote: Quote, table: RenewLines): TemplateResult {
  const { session, view } = table
  const { page } = session.desk
  const { catalogue, extension } = view
  const { locale } = session
  const zone = knownZone(quote.time_zone)
  const day = (instant: string) =>
    html`<time datetime=${instant}>${formatDate(instant, locale, zone)}</time>`
  const plan = catalogue?.plans.find(({ id }) => id === line.plan)?.name ?? line.plan
  const money = (amount: number) => formatMoney(amount, quote.currency, locale)
  const isRenewal = extension.kind === 'renewal'
  return html`<tr role="row" part="row">
    <th role="rowheader" scope="row">
      <bdi class="plan">${plan}</bdi>
      <span class="under mono" dir="ltr" title=${line.license_id}
        >…${line.license_id.slice(-8)}</span
      >
    </th>
    ${cell(page.quantity, isRenewal ? unitsField(line, table) : unitsChange(line, session))}
    ${cell(page.expires, day(line.expires_at_before))}
    ${
      isRenewal
        ? html`${cell(page.newExpiry, html`<strong>${day(line.ends_at)}</strong>`)}
          ${cell(page.added, addedDays(line, quote, session))}`
        : nothing
    }
    <td role="cell" class="amount">
      <span class="column">${page.price}</span>
      <div class="value">
        <span class="money">${money(line.amount)}</span>
        <span class="under">${line.explain}</span>
        ${line.lost_days === 0 ? nothing : lateNote(line, quote, session)}
      </div>
    </td>
  </tr>`
}

function addedDays(line: ExtensionLine, quote: Quote, session: DeskSession): TemplateResult {
  const { page } = session.desk
  const number = (value: number) => formatNumber(value, session.locale)
  const isAligned = quote.aligned_day !== null
  return html`${page.days(number(line.days_added))}
  ${
    !isAligned
      ? nothing
      : html`<span class="under">
          ${line.extra_days === 0 ? page.already : page.extra(number(line.extra_days))}
        </span>`
  }
  ${isAligned && isInNextMonth(line) ? html`<span class="under">${page.nextMonth}</span>` : nothing}`
}

/** Renewed late (R3): what is paid for and over already is said, in days and in money (line 34). */
function lateNote(line: ExtensionLine, quote: Quote, session: DeskSession): TemplateResult {
  const zone = knownZone(quote.time_zone)
  return html`<span class="under late">
    ${session.desk.page.late(
      formatDate(line.starts_at, session.locale, zone),
      formatNumber(line.lost_days, session.locale),
      formatMoney(line.lost_amount, quote.currency, session.locale),
    )}
  </span>`
}

/** Fewer units from the next period on; more are bought at once, by another order. */
function unitsField(line: ExtensionLine, table: RenewLines): TemplateResult {
  const { session, view, isChangingUnits, onTerms } = table
  const { units_before: most, license_id: id, quantity } = line
  const isFixed = most === 1 || !isChangingUnits
  if (isFixed && quantity === most) return html`${formatNumber(quantity, session.locale)}`
  if (isFixed) return unitsChange(line, session)
  const change = (event: Event) => {
    const wanted = parseQuantity(valueOf(event), session.locale) ?? most
    const quantities = new Map(view.terms.quantities)
    if (wanted >= most || wanted < 1) quantities.delete(id)
    else quantities.set(id, wanted)
    onTerms({ quantities })
  }
  return html`<input
      class="input count"
      type="number"
      min="1"
      max=${most}
      aria-label=${session.desk.page.quantityOf(id)}
      .value=${String(quantity)}
      @change=${change}
    />
    ${quantity === most ? nothing : html`<span class="under">${unitsChange(line, session)}</span>`}`
}

function unitsChange(line: ExtensionLine, { desk, locale }: DeskSession): TemplateResult {
  const number = (value: number) => formatNumber(value, locale)
  return html`${desk.page.fromTo(number(line.units_before), number(line.quantity))}`
}

/** More than a month beyond the plain renewal's month: the nearer day would have been too early. */
function isInNextMonth({ extra_days, ends_at }: ExtensionLine): boolean {
  return extra_days > 0 && Number(ends_at.slice(8, 10)) <= extra_days
}

function cell(label: string, content: TemplateResult): TemplateResult {
  return html`<td role="cell">
    <span class="column">${label}</span>
    <div class="value">${content}</div>
  </td>`
}

function skeletonRow(table: RenewLines): TemplateResult | typeof nothing {
  if (!table.view.isQuoting) return nothing
  return html`<tr role="row" aria-hidden="true">
    ${[...columnsOf(table), ''].map(
      () => html`<td role="cell"><span class="skeleton bar"></span></td>`,
    )}
  </tr>`
}
