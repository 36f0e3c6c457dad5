import { html, nothing, type TemplateResult } from 'lit'
import { formatMoney } from '../../../server/domain/money.ts'
import type { CheckoutView } from '../../state/checkout.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import type { CurrencyPart } from '../../state/desk/renewal-request.ts'
import type { RenewalSaleView } from '../../state/desk/renewal-sale.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'
import { icon } from '../icons.ts'
import { orderFacts } from '../order-facts.ts'

interface RenewDone {
  readonly session: DeskSession
  readonly sale: RenewalSaleView
  readonly checkout: CheckoutView
  /** The group of another currency that is still to be paid. */
  readonly next: CurrencyPart | null
  readonly onNext: () => void
  readonly onBack: () => void
}

const SHOWN_AT_FIRST = 10

/** Which licenses go on until when, as the server now has them (W12). */
export function renewDone(done: RenewDone): TemplateResult | typeof nothing {
  const { session, sale, checkout, next, onNext, onBack } = done
  const { order, licenses } = checkout
  if (order === null) return nothing
  const { done: words } = session.desk
  const number = (value: number) => formatNumber(value, session.locale)
  const titles = {
    renewal: words.title(number(order.licenses.length)),
    add_units: words.unitsTitle,
    upgrade: words.upgradeTitle,
  }
  const total = formatMoney(order.total, order.currency, session.locale)
  return html`<div class="view">
    <span class="mark good" aria-hidden="true">${icon('tick')}</span>
    <div class="words">
      <h2 tabindex="-1">${titles[sale.extension.kind]}</h2>
      <p class="muted">${words.text(total, order.email)}</p>
    </div>
    ${licenses.length === 0 ? nothing : renewedList(done)} ${orderFacts(order, session)}
    <div class="actions">
      ${
        next === null
          ? nothing
          : html`<button
              type="button"
              class="button primary"
              part="button primary"
              @click=${onNext}
            >
              ${words.nextPart(number(next.ids.length), next.currency)}
            </button>`
      }
      <button
        type="button"
        class="button ${next === null ? 'primary' : ''}"
        part="button"
        @click=${onBack}
      >
        ${words.close}
      </button>
    </div>
  </div>`
}

function renewedList({ session, checkout }: RenewDone): TemplateResult {
  const { done, page } = session.desk
  const { licenses } = checkout
  const item = (license: (typeof licenses)[number]) =>
    html`<li>
      <strong
        ><bdi>${license.plan_name}</bdi> × ${formatNumber(license.total, session.locale)}</strong
      >
      <span class="small muted">
        <span class="mono">…${license.id.slice(-8)}</span>
        <time datetime=${license.expires_at}>
          ${done.until(formatDate(license.expires_at, session.locale, knownZone(license.time_zone)))}
        </time>
      </span>
    </li>`
  const rest = licenses.slice(SHOWN_AT_FIRST)
  return html`<ul class="renewed">
      ${licenses.slice(0, SHOWN_AT_FIRST).map(item)}
    </ul>
    ${
      rest.length === 0
        ? nothing
        : html`<details>
            <summary>${page.showAll(formatNumber(licenses.length, session.locale))}</summary>
            <ul class="renewed">
              ${rest.map(item)}
            </ul>
          </details>`
    }`
}
