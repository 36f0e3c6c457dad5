import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Unit, UnitList } from '../../../server/contract/installations.ts'
import type { License } from '../../../server/contract/licenses.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { PagedRows } from '../../state/activation/paged-rows.ts'
import { formatNumber } from '../../state/format.ts'
import { dateTime } from '../license-dates.ts'
import { panelStyles } from './panel-styles.ts'
import { emptyRows, problemOf, waitingRows } from './panel-views.ts'
import { rowStyles } from './row-styles.ts'
import { unitMeter, unitMeterStyles } from './unit-meter.ts'

const TONES = { reserved: 'careful', consumed: 'good', released: '' } as const

/** @summary One-time units: used up, reserved, left, and what used each (S24, S30). */
export class LicenseUnits extends LitElement {
  static override styles = [
    ...panelStyles,
    unitMeterStyles,
    rowStyles,
    css`
      .rows > li {
        display: grid;
        gap: calc(var(--_step) * 1);
      }
      .reference {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
    `,
  ]

  @property({ attribute: false }) session: ActivationSession | null = null
  @property({ attribute: false }) license: License | null = null

  readonly #rows = new PagedRows<Unit, UnitList>(this)

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, license } = this
    if (session === null || license === null) return
    if (changed.get('license')?.id === license.id || !changed.has('license')) return
    void this.#rows.open((cursor, signal) => session.api.units(license.id, cursor, signal))
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, license } = this
    if (session === null || license === null) return nothing
    const { problem, last } = this.#rows
    return html`${unitMeter({ ...license, ...last }, session)}
      <section aria-labelledby="title">
        <h3 id="title" tabindex="-1">${session.activation.oneTime.title}</h3>
        ${problemOf(problem, session, () => void this.#rows.reload())}
        ${this.#renderRows(license, session)}
      </section>`
  }

  #renderRows(license: License, session: ActivationSession) {
    const { oneTime, installations } = session.activation
    const { rows, problem, last, hasMore } = this.#rows
    if (rows === null) return problem === null ? waitingRows() : nothing
    if (rows.length === 0) return emptyRows(oneTime.none, oneTime.noneText)
    const number = (value: number) => formatNumber(value, session.locale)
    return html`<ul class="card rows" part="list">
        ${rows.map((unit) => html`<li part="row">${unitRow(unit, license.time_zone, session)}</li>`)}
      </ul>
      ${
        hasMore
          ? html`<div class="row">
              <span class="muted small"
                >${installations.count(
                  number(rows.length),
                  number(last?.count ?? rows.length),
                )}</span
              >
              <button type="button" class="button" @click=${() => void this.#rows.more()}>
                ${installations.more}
              </button>
            </div>`
          : nothing
      }`
  }
}

function unitRow(
  { reference, use, reserved_at: from, ended_at: until }: Unit,
  zone: string,
  session: ActivationSession,
): TemplateResult {
  const { use: uses, reserved, ended } = session.activation.oneTime
  return html`<div class="row">
      <strong class="reference"><bdi>${reference}</bdi></strong>
      <span class="chip ${TONES[use]}" part="status">${uses[use]}</span>
    </div>
    <p class="small muted">
      ${reserved}
      ${dateTime(from, zone, session)}${
        until === null || use === 'reserved'
          ? nothing
          : html` · ${ended[use]} ${dateTime(until, zone, session)}`
      }
    </p>`
}
