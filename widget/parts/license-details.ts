import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { License } from '../../server/contract/licenses.ts'
import { formatNumber } from '../state/format.ts'
import { statusLabel } from '../state/license-facts.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { surfaces } from '../styles/surfaces.ts'
import { distance, exactTime } from './license-dates.ts'
import { renewalHint, statusChip, statusStyles } from './license-status.ts'

type Row = readonly [label: string, value: TemplateResult | string | null]

/** @summary Everything about one license, dates to the second. */
export class LicenseDetails extends LitElement {
  static override styles = [
    base,
    controls,
    surfaces,
    statusStyles,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(var(--_step) * 2) calc(var(--_step) * 4);
        margin-block-end: calc(var(--_step) * 5);
      }
      dl > div {
        display: grid;
        grid-template-columns: minmax(7em, 2fr) 5fr;
        gap: calc(var(--_step) * 1) calc(var(--_step) * 4);
        padding-block: calc(var(--_step) * 2.5);
        border-block-start: 1px solid var(--_line);
      }
      dt {
        color: var(--_muted);
      }
      dd {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      dd .under {
        display: block;
        font-size: 0.867em;
        color: var(--_muted);
      }
      @container (inline-size < 400px) {
        dl > div {
          grid-template-columns: 1fr;
        }
      }
    `,
  ]

  @property({ attribute: false }) session: ManagerSession | null = null
  @property({ attribute: false }) license: License | null = null
  /** RFC 3339, the server's when it sent the license. */
  @property() now = ''

  protected override render(): TemplateResult | typeof nothing {
    const { session, license, now } = this
    if (session === null || license === null) return nothing
    const rows = [...this.#identity(license, session), ...this.#dates(license, session)]
    return html`<p class="top">
        ${statusChip(license, now, session)}
        <span class="muted">${session.manager.statusHelp[statusLabel(license)]}</span>
      </p>
      <dl>
        ${rows.map(([label, value]) =>
          value === null
            ? nothing
            : html`<div>
                <dt>${label}</dt>
                <dd>${value}</dd>
              </div>`,
        )}
      </dl>`
  }

  #identity(license: License, session: ManagerSession): readonly Row[] {
    const { columns, details, subscriptions, keyEnding } = session.manager
    const { id, plan_name, total, in_use, key_last4, order_id, complimentary_of } = license
    const number = (value: number) => formatNumber(value, session.locale)
    return [
      [columns.id, this.#copyable(id, session)],
      [details.plan, html`<bdi>${plan_name}</bdi>`],
      [details.key, keyEnding(key_last4)],
      [
        columns.in_use,
        html`${subscriptions.used(number(in_use), number(total))}
          <span class="under">${subscriptions.unused(number(total - in_use))}</span>`,
      ],
      [
        details.origin,
        complimentary_of === null ? null : this.#copyable(complimentary_of, session),
      ],
      [
        details.order,
        order_id === null
          ? details.noOrder
          : order_id === complimentary_of
            ? null
            : this.#copyable(order_id, session),
      ],
    ]
  }

  #dates(license: License, session: ManagerSession): readonly Row[] {
    const { columns, details } = session.manager
    const { activated_at, expires_at, time_zone: zone, next_charge_at, grace_until } = license
    return [
      [columns.activated_at, exactTime(activated_at, zone, session)],
      [
        columns.expires_at,
        html`${exactTime(expires_at, zone, session)}
          <span class="under">${distance(expires_at, this.now, zone, session)}</span>`,
      ],
      [details.grace, grace_until ? exactTime(grace_until, zone, session) : null],
      [columns.service_life_days, formatNumber(license.service_life_days, session.locale)],
      [details.cycle, details.cycles[license.cycle ?? 'none']],
      [details.renewal, renewalHint(license, session) ?? session.manager.renewal.none],
      [
        details.nextCharge,
        next_charge_at === null ? null : exactTime(next_charge_at, zone, session),
      ],
      [details.zone, html`<bdi>${zone}</bdi>`],
    ]
  }

  #copyable(text: string, session: ManagerSession): TemplateResult {
    return html`<span class="mono">${text}</span>
      <license-copy-button .label=${session.words.common.copy} .text=${text}></license-copy-button>`
  }
}
