import { html, nothing, type TemplateResult } from 'lit'
import type { License } from '../../../server/contract/licenses.ts'
import { groupBy } from '../../../server/domain/group-by.ts'
import { formatMoney } from '../../../server/domain/money.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'

interface Terms {
  readonly session: DeskSession
  readonly licenses: readonly License[]
}

/** Price, cycle and day of each license, and how to stop (line 15, line 37). */
export function autoTerms({ session, licenses }: Terms): TemplateResult {
  const { auto, table } = session.desk
  const offers = licenses.flatMap((license) => {
    const { auto_renewal: offer } = license
    return offer === null ? [] : [{ license, offer }]
  })
  const sums = sumsOf(
    offers.map(({ offer }) => offer),
    session,
  )
  return html`<p>${auto.text}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${table.license}</th>
          <th scope="col">${auto.column.charge}</th>
          <th scope="col" class="amount">${auto.column.amount}</th>
        </tr>
      </thead>
      <tbody>
        ${offers.map(
          ({ license: { id, plan_name, cycle, time_zone }, offer }) =>
            html`<tr>
              <th scope="row">${name(plan_name, id)}</th>
              <td>${formatDate(offer.charge_at, session.locale, knownZone(time_zone))}</td>
              <td class="amount money">
                ${formatMoney(offer.amount, offer.currency, session.locale)}
                ${cycle === null ? nothing : html`<span class="under">${auto.every[cycle]}</span>`}
              </td>
            </tr>`,
        )}
      </tbody>
      ${
        offers.length < 2
          ? nothing
          : html`<tfoot>
              ${sums.map(
                (sum) =>
                  html`<tr>
                    <th scope="row" colspan="2">${auto.total}</th>
                    <td class="amount money"><strong>${sum}</strong></td>
                  </tr>`,
              )}
            </tfoot>`
      }
    </table>`
}

export function payPerUseTerms({ session, licenses }: Terms): TemplateResult {
  const { payPerUse, table } = session.desk
  const offers = licenses.flatMap((license) => {
    const { pay_per_use: offer } = license
    return offer === null ? [] : [{ license, offer }]
  })
  return html`<p>${payPerUse.text}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${table.license}</th>
          <th scope="col">${table.units}</th>
          <th scope="col" class="amount">${payPerUse.perDay}</th>
        </tr>
      </thead>
      <tbody>
        ${offers.map(({ license: { id, plan_name, total }, offer }) => {
          const money = (amount: number) => formatMoney(amount, offer.currency, session.locale)
          return html`<tr>
            <th scope="row">${name(plan_name, id)}</th>
            <td>${formatNumber(total, session.locale)}</td>
            <td class="amount money">
              ${money(offer.daily_rate * total)}
              <span class="under">${payPerUse.perUnit(money(offer.daily_rate))}</span>
            </td>
          </tr>`
        })}
      </tbody>
    </table>`
}

/** What cannot go on by itself, and why; it is left as it is. */
export function unavailable(
  { desk }: DeskSession,
  licenses: readonly License[],
  mode: 'auto' | 'pay_per_use',
): TemplateResult {
  const { auto } = desk
  return html`<div class="alert careful">
    <div class="all">
      <strong>${auto.unavailable}</strong>
      <ul>
        ${licenses.map((license) => {
          const offer = mode === 'auto' ? license.auto_renewal : license.pay_per_use
          return html`<li>
            ${license.plan_name} <span class="mono">…${license.id.slice(-8)}</span>:
            ${auto.reason[offer?.reason ?? 'plan']}
          </li>`
        })}
      </ul>
    </div>
  </div>`
}

/** One sum for each currency: they are never added up (line 33). */
export function dailyTotals(licenses: readonly License[], session: DeskSession): readonly string[] {
  return sumsOf(
    licenses.flatMap(({ pay_per_use: offer, total }) =>
      offer === null ? [] : [{ amount: offer.daily_rate * total, currency: offer.currency }],
    ),
    session,
  )
}

function sumsOf(
  amounts: readonly { readonly amount: number; readonly currency: string }[],
  { locale }: DeskSession,
): readonly string[] {
  return [...groupBy(amounts, ({ currency }) => currency)].map(([currency, group]) =>
    formatMoney(
      group.reduce((sum, { amount }) => sum + amount, 0),
      currency,
      locale,
    ),
  )
}

function name(plan: string, id: string): TemplateResult {
  return html`<bdi>${plan}</bdi> <span class="under mono">…${id.slice(-8)}</span>`
}
