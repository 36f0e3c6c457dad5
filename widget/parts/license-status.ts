import { css, html, nothing, svg, type TemplateResult } from 'lit'
import type { License } from '../../server/contract/licenses.ts'
import { formatDate, formatNumber } from '../state/format.ts'
import {
  graceDaysLeft,
  renewalKind,
  type StatusLabel,
  statusLabel,
} from '../state/license-facts.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { knownZone } from '../state/relative-time.ts'

interface Look {
  readonly tone: 'good' | 'careful' | 'bad' | ''
  /** Differs from label to label, for eyes that see no colours. On a 12 × 12 grid. */
  readonly shape: TemplateResult
}

const disc = svg`<circle cx="6" cy="6" r="4.5" />`
const ring = svg`<circle class="line" cx="6" cy="6" r="4" />`
const half = svg`<circle class="line" cx="6" cy="6" r="4" /><path d="M6 2a4 4 0 0 1 0 8z" />`
const triangle = svg`<path d="M6 1 11.5 11H.5z" />`
const square = svg`<rect x="2" y="2" width="8" height="8" rx="1" />`
const bars = svg`<path d="M2.5 2h2.5v8H2.5zM7 2h2.5v8H7z" />`
const diamond = svg`<path d="M6 .5 11.5 6 6 11.5.5 6z" />`
const cross = svg`<path class="line" d="m2.5 2.5 7 7m0-7-7 7" />`
const tick = svg`<path class="line" d="m1.5 6.5 3 3 6-7" />`
const dots = svg`<circle class="line dashed" cx="6" cy="6" r="4" />`

const LOOKS: Readonly<Record<StatusLabel, Look>> = {
  pending: { tone: '', shape: dots },
  active: { tone: 'good', shape: disc },
  expiring: { tone: 'careful', shape: triangle },
  grace: { tone: 'careful', shape: half },
  retained: { tone: 'bad', shape: square },
  ended: { tone: '', shape: ring },
  suspended: { tone: 'bad', shape: bars },
  under_review: { tone: 'careful', shape: diamond },
  revoked: { tone: 'bad', shape: cross },
  consumed: { tone: '', shape: tick },
}

/** Colour, shape and text; in grace also how long it still works. */
export function statusChip(license: License, now: string, session: ManagerSession): TemplateResult {
  const label = statusLabel(license)
  const { tone, shape } = LOOKS[label]
  const { status, statusHelp, graceLeft, graceLastDay } = session.manager
  const days = graceDaysLeft(license, now)
  const left = days === 0 ? graceLastDay : days && graceLeft(formatNumber(days, session.locale))
  return html`<span class="chip ${tone}" part="status" title=${statusHelp[label]}
    ><svg class="shape" viewBox="0 0 12 12" aria-hidden="true">${shape}</svg>${status[label]}${
      left === null ? nothing : html` · ${left}`
    }</span
  >`
}

/** What happens at the end by itself, in a few words. */
export function renewalHint(license: License, session: ManagerSession): string | null {
  const { renewal } = session.manager
  const kind = renewalKind(license)
  switch (kind) {
    case null:
    case 'none':
      return null
    case 'one_time':
      return renewal.oneTime
    case 'auto': {
      const { next_charge_at: chargeAt, time_zone: zone } = license
      if (chargeAt === null) return renewal.autoUndated
      return renewal.auto(formatDate(chargeAt, session.locale, knownZone(zone)))
    }
    default:
      return renewal[kind]
  }
}

export const statusStyles = css`
  .shape {
    flex: none;
    inline-size: 0.8em;
    block-size: 0.8em;
    fill: currentColor;
  }
  .shape .line {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
  }
  .shape .dashed {
    stroke-dasharray: 2.5 2;
  }
`
