import { html, nothing, type TemplateResult } from 'lit'
import type { License } from '../../../server/contract/licenses.ts'
import { brandName } from '../../../server/domain/brand-name.ts'
import { formatMoney } from '../../../server/domain/money.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'

/** What happens at the end by itself, when, from what, and what to do where that has failed. */
export function renewalState(
  license: License,
  session: DeskSession,
  onMethod: () => void,
): TemplateResult {
  const { state } = session.desk
  switch (license.renewal_mode) {
    case 'auto':
      return autoState(license, session, onMethod)
    case 'pay_per_use':
      return payPerUseState(license, session)
    case 'canceled':
      return html`${state.canceled}`
    default:
      return html`${state.manual}`
  }
}

function autoState(
  { auto_renewal: auto, time_zone, next_charge_at }: License,
  session: DeskSession,
  onMethod: () => void,
): TemplateResult {
  const { state } = session.desk
  if (auto === null) return html`${nothing}`
  const chargeAt = next_charge_at ?? auto.charge_at
  const day = formatDate(chargeAt, session.locale, knownZone(time_zone))
  if (auto.state === 'processing') return html`${state.processing}`
  if (auto.state === 'past_due' || auto.state === 'stopped') {
    const isStopped = auto.state === 'stopped'
    return html`<strong class="late">${isStopped ? state.stopped : state.pastDue}</strong>
      ${auto.failure === null ? nothing : html`<span class="under">${auto.failure}</span>`}
      <span class="under">${isStopped ? state.stoppedHelp : state.pastDueHelp}</span>
      ${
        session.isRenewOnly
          ? nothing
          : html`<button type="button" class="button plain" @click=${onMethod}>
              ${state.newMethod}
            </button>`
      }`
  }
  return html`${state.chargeOn(day)}
    <span class="under">
      ${auto.method === null ? state.noMethod : state.from(methodName(auto.method, session))}
    </span>`
}

function payPerUseState({ pay_per_use: use, total }: License, session: DeskSession) {
  const { state } = session.desk
  if (use === null) return html`${nothing}`
  const money = (amount: number) => formatMoney(amount, use.currency, session.locale)
  return use.metering
    ? html`${state.metering(money(use.amount), formatNumber(use.days, session.locale))}`
    : html`${state.rate(money(use.daily_rate * total))}`
}

/** `Visa •••• 4242` */
export function methodName(
  { brand, last4 }: { readonly brand: string | null; readonly last4: string | null },
  { desk }: DeskSession,
): string {
  if (brand === null || last4 === null) return desk.savedMethod
  return desk.card(brandName(brand), last4)
}
