import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import type { License } from '../../../server/contract/licenses.ts'
import { RenewalClient } from '../../api/renewal-client.ts'
import { errorEvent } from '../../events.ts'
import { ModeChange, type Move, noticesVersion } from '../../state/desk/mode-change.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { LicensePages } from '../../state/license-pages.ts'
import type { ManagerSession } from '../../state/manager-session.ts'
import { knownZone } from '../../state/relative-time.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { surfaces } from '../../styles/surfaces.ts'
import { dateTime, distance } from '../license-dates.ts'
import { meter, meterStyles } from '../license-meter.ts'
import { statusChip, statusStyles } from '../license-status.ts'
import { problemNotice } from '../problem-notice.ts'
import { modeEvent } from './mode-event.ts'

const PAGE_SIZE = 200

/** @summary "Manage Subscriptions": what renews by itself, what came free, and the billing portal (S29). */
export class LicenseSubscriptions extends LitElement {
  static override styles = [
    base,
    controls,
    surfaces,
    statusStyles,
    meterStyles,
    css`
      :host,
      section {
        display: grid;
        gap: calc(var(--_step) * 3);
      }
      :host {
        gap: calc(var(--_step) * 8);
      }
      li {
        display: grid;
        gap: calc(var(--_step) * 1.5);
        padding: calc(var(--_step) * 4);
      }
      li + li {
        border-block-start: 1px solid var(--_line);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--_step) * 1) calc(var(--_step) * 4);
      }
      [role='switch'] {
        inline-size: 20px;
        block-size: 20px;
        accent-color: var(--_accent);
      }
      .mono {
        overflow-wrap: anywhere;
      }
      .nothing {
        padding: calc(var(--_step) * 4);
        color: var(--_muted);
      }
      .skeleton {
        block-size: 88px;
      }
    `,
  ]

  @property({ attribute: false }) session: ManagerSession | null = null
  /** License type that complimentary licenses have; null: look at all. */
  @property({ attribute: false }) grantType: string | null = null

  readonly #renewing = new LicensePages(this)
  readonly #moves = new ModeChange(this, {
    onMoved: ({ move, licenses }) => this.dispatchEvent(modeEvent(licenses, move.mode)),
    onProblem: (problem) => this.dispatchEvent(errorEvent(problem)),
  })
  readonly #grants = new LicensePages(this)
  readonly #moved = new Map<string, boolean>()

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, grantType } = this
    if (session === null || !changed.has('session')) return
    if (changed.get('session')?.client === session.client) return
    const type = grantType === null ? {} : { type: grantType }
    const limit = PAGE_SIZE
    void this.#renewing.open(session.client, { renewal_mode: 'auto', sort: 'expires_at', limit })
    void this.#grants.open(session.client, { ...type, sort: '-activated_at', limit })
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    if (session === null) return nothing
    const { autoRenewing, noAuto, grants, grantsText, noGrants } = session.manager.subscriptions
    return html`<section aria-labelledby="renewing">
        <h3 id="renewing">${autoRenewing}</h3>
        ${this.#renderPages(
          this.#renewing,
          () => true,
          noAuto,
          (license, now) => this.#renewal(license, now, session),
        )}
      </section>
      ${
        this.#moves.problem === null
          ? nothing
          : problemNotice({
              problem: this.#moves.problem,
              words: session.words,
              retry: this.#moves.dismiss,
            })
      }
      <section aria-labelledby="grants">
        <h3 id="grants">${grants}</h3>
        <p class="muted small">${grantsText}</p>
        ${this.#renderPages(
          this.#grants,
          ({ complimentary_of }) => complimentary_of !== null,
          noGrants,
          (license, now) => this.#grant(license, now, session),
        )}
      </section>
      <license-billing .session=${session}></license-billing>`
  }

  #renderPages(
    pages: LicensePages,
    belongs: (license: License) => boolean,
    none: string,
    entry: (license: License, now: string) => TemplateResult,
  ): TemplateResult {
    const { licenses, problem, now, hasMore } = pages
    const retry = () => void pages.more()
    if (problem !== null && this.session !== null) {
      return problemNotice({ problem, words: this.session.words, retry })
    }
    if (licenses === null) return html`<div class="skeleton" aria-hidden="true"></div>`
    const shown = licenses.filter(belongs)
    return html`<div class="card">
        ${
          shown.length === 0
            ? html`<p class="nothing">${none}</p>`
            : html`<ul>
                ${shown.map((license) => html`<li>${entry(license, now)}</li>`)}
              </ul>`
        }
      </div>
      ${
        hasMore
          ? html`<button type="button" class="button" @click=${retry}>
              ${this.session?.manager.subscriptions.more}
            </button>`
          : nothing
      }`
  }

  #renewal(license: License, now: string, session: ManagerSession): TemplateResult {
    const { id, plan_name, total, cycle, next_charge_at: chargeAt, time_zone: zone } = license
    const { nextCharge, units, every } = session.manager.subscriptions
    const count = units(formatNumber(total, session.locale))
    const isOn = this.#isAuto(id)
    return html`<div class="row">
        <strong><bdi>${plan_name}</bdi></strong>
        ${statusChip(license, now, session)}
      </div>
      <label class="row">
        <span>${session.words.form.autoRenewal}</span>
        <input
          type="checkbox"
          role="switch"
          aria-label="${session.words.form.autoRenewal}, ${id}"
          .checked=${live(isOn)}
          @change=${() => void this.#switch(license, !isOn, session)}
        />
      </label>
      <span class="mono muted">${id}</span>
      <span>${cycle === null ? count : `${count}, ${every[cycle]}`}</span>
      ${
        chargeAt === null
          ? nothing
          : html`<span>
              ${nextCharge}: ${dateTime(chargeAt, zone, session)}
              <span class="muted">(${distance(chargeAt, now, zone, session)})</span>
            </span>`
      }`
  }

  /** As the server has confirmed it since the list was read. */
  #isAuto(id: string): boolean {
    return this.#moved.get(id) ?? true
  }

  /** Off is one click, and so is on again: the card is still the one that was agreed to (line 37). */
  async #switch({ id, plan }: License, isOn: boolean, session: ManagerSession): Promise<void> {
    const renewals = new RenewalClient(session.client)
    const { client } = session
    const move: Move = isOn
      ? { ids: [id], mode: 'auto', noticesVersion: await noticesVersion(client, plan) }
      : { ids: [id], mode: 'manual' }
    const isDone = await this.#moves.make(renewals, move, () => (isOn ? 'manual' : 'auto'))
    if (isDone) this.#moved.set(id, isOn)
    this.requestUpdate()
  }

  #grant(license: License, now: string, session: ManagerSession): TemplateResult {
    const { total, in_use, activated_at, expires_at, complimentary_of, plan_name } = license
    const { fromOrder, validity, used, unused } = session.manager.subscriptions
    const number = (value: number) => formatNumber(value, session.locale)
    const day = (at: string) => formatDate(at, session.locale, knownZone(license.time_zone))
    return html`<div class="row">
        <strong><bdi>${plan_name}</bdi></strong>
        ${statusChip(license, now, session)}
      </div>
      <span class="mono muted">${fromOrder(complimentary_of ?? '')}</span>
      <span>${validity(day(activated_at), day(expires_at))}</span>
      ${meter(in_use, total)}
      <div class="row small">
        <span>${used(number(in_use), number(total))}</span>
        <span class="muted">${unused(number(total - in_use))}</span>
      </div>`
  }
}
