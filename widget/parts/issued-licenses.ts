import { css, html, nothing, type TemplateResult } from 'lit'
import type { Catalogue } from '../../server/contract/catalogue.ts'
import type { License } from '../../server/contract/licenses.ts'
import type { Order } from '../../server/contract/orders.ts'
import { paymentWords } from '../i18n/payment.ts'
import { formatDate, formatNumber } from '../state/format.ts'
import type { Session } from '../state/session.ts'

interface IssuedLicenses {
  readonly order: Order
  /** Empty while they are read, or where the customer may not read them. */
  readonly licenses: readonly License[]
  readonly catalogue: Catalogue | null
  readonly session: Session
}

/** The new licenses, complimentary ones named as such; before they are read, the order's lines. */
export function issuedLicenses(issued: IssuedLicenses): TemplateResult {
  const { order, licenses, catalogue, session } = issued
  if (licenses.length === 0) {
    const nameOf = (id: string) => catalogue?.plans.find((plan) => plan.id === id)?.name ?? id
    return html`<ul class="issued">
      ${order.lines.map(
        ({ plan, quantity }) =>
          html`<li>
            <strong>${nameOf(plan)} × ${formatNumber(quantity, session.locale)}</strong>
          </li>`,
      )}
    </ul>`
  }
  return html`<ul class="issued">
    ${licenses.map((license) => issuedLicense(license, session))}
  </ul>`
}

function issuedLicense(license: License, { words, locale }: Session): TemplateResult {
  const { plan_name: name, total, key_last4: last4, complimentary_of: origin } = license
  const until = formatDate(license.expires_at, locale, license.time_zone)
  return html`<li>
    <div>
      <strong>${name} × ${formatNumber(total, locale)}</strong>
      ${
        origin === null
          ? nothing
          : html`<span class="chip good">${paymentWords(words).outcome.complimentary}</span>`
      }
    </div>
    <p class="small muted">
      <span>${paymentWords(words).outcome.keyEnding(last4)}</span>
      <time datetime=${license.expires_at}>${paymentWords(words).outcome.validUntil(until)}</time>
    </p>
  </li>`
}

export const issuedLicensesStyles = css`
  .issued {
    inline-size: 100%;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    text-align: start;
  }

  .issued li {
    padding: calc(var(--_step) * 3) calc(var(--_step) * 4);
  }

  .issued li + li {
    border-block-start: 1px solid var(--_line);
  }

  .issued p {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_step) * 4);
  }

  .issued .chip {
    margin-inline-start: calc(var(--_step) * 2);
  }
`
