import { html, nothing, type TemplateResult } from 'lit'
import type { License } from '../../../server/contract/licenses.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { formatNumber } from '../../state/format.ts'
import { distance, exactTime } from '../license-dates.ts'
import { renewalHint } from '../license-status.ts'

type Row = readonly [label: string, value: TemplateResult | string | null]

/** Everything about one license, dates to the second. @param now RFC 3339, the server's */
export function licenseFacts(
  license: License,
  now: string,
  session: ActivationSession,
): TemplateResult {
  const rows = [...identity(license, session), ...dates(license, now, session)]
  return html`<dl class="facts">
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

function identity(license: License, session: ActivationSession): readonly Row[] {
  const { facts } = session.activation
  const { id, plan_name, order_id, complimentary_of } = license
  return [
    [facts.id, copyable(id, session)],
    [facts.plan, html`<bdi>${plan_name}</bdi>`],
    [facts.origin, complimentary_of === null ? null : copyable(complimentary_of, session)],
    [
      facts.order,
      order_id === null
        ? facts.noOrder
        : order_id === complimentary_of
          ? null
          : copyable(order_id, session),
    ],
  ]
}

function dates(license: License, now: string, session: ActivationSession): readonly Row[] {
  const { columns, renewal } = session.manager
  const { facts } = session.activation
  const { activated_at, expires_at, time_zone: zone, next_charge_at, grace_until } = license
  return [
    [columns.activated_at, exactTime(activated_at, zone, session)],
    [
      columns.expires_at,
      html`${exactTime(expires_at, zone, session)}
        <span class="under">${distance(expires_at, now, zone, session)}</span>`,
    ],
    [facts.grace, grace_until ? exactTime(grace_until, zone, session) : null],
    [columns.service_life_days, formatNumber(license.service_life_days, session.locale)],
    [facts.cycle, facts.cycles[license.cycle ?? 'none']],
    [facts.renewal, renewalHint(license, session) ?? renewal.none],
    [facts.nextCharge, next_charge_at === null ? null : exactTime(next_charge_at, zone, session)],
    [facts.zone, html`<bdi>${zone}</bdi>`],
  ]
}

function copyable(text: string, session: ActivationSession): TemplateResult {
  return html`<span class="mono">${text}</span>
    <license-copy-button .label=${session.words.common.copy} .text=${text}></license-copy-button>`
}
