import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Installation, InstallationList } from '../../../server/contract/installations.ts'
import type { License } from '../../../server/contract/licenses.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { PagedRows } from '../../state/activation/paged-rows.ts'
import { formatNumber } from '../../state/format.ts'
import { panelStyles } from './panel-styles.ts'
import { emptyRows, problemOf, waitingRows } from './panel-views.ts'
import { rowStyles } from './row-styles.ts'
import { unitMeter, unitMeterStyles } from './unit-meter.ts'

/** @summary The installations that use a license, those that hold a unit first. */
export class LicenseInstallations extends LitElement {
  static override styles = [...panelStyles, unitMeterStyles, rowStyles]

  @property({ attribute: false }) session: ActivationSession | null = null
  @property({ attribute: false }) license: License | null = null
  @property({ attribute: false }) onChanged: () => void = () => {}
  @property({ attribute: false }) onOffline: () => void = () => {}

  readonly #rows = new PagedRows<Installation, InstallationList>(this)

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, license } = this
    if (session === null || license === null) return
    if (changed.get('license')?.id === license.id || !changed.has('license')) return
    void this.#rows.open((cursor, signal) => session.api.installations(license.id, cursor, signal))
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, license } = this
    if (session === null || license === null) return nothing
    const { problem } = this.#rows
    return html`${unitMeter(license, session)}
      <section aria-labelledby="title">
        <h3 id="title" tabindex="-1">${session.activation.installations.title}</h3>
        ${problemOf(problem, session, () => void this.#rows.reload())}
        ${this.#renderRows(license, session)}
      </section>`
  }

  #renderRows(license: License, session: ActivationSession) {
    const { none, noneText, goOffline, more, count } = session.activation.installations
    const { rows, problem, last, hasMore } = this.#rows
    if (rows === null) return problem === null ? waitingRows() : nothing
    if (rows.length === 0) {
      return emptyRows(
        none,
        noneText,
        html`<button type="button" class="button" @click=${this.onOffline}>${goOffline}</button>`,
      )
    }
    const number = (value: number) => formatNumber(value, session.locale)
    return html`<ul class="card rows" part="list">
        ${rows.map(
          (installation) =>
            html`<li part="row">
              <license-installation
                exportparts="button, primary, status"
                .session=${session}
                .license=${license.id}
                .zone=${license.time_zone}
                .installation=${installation}
                .now=${this.#rows.now}
                .onDone=${this.#done}
              ></license-installation>
            </li>`,
        )}
      </ul>
      ${
        hasMore
          ? html`<div class="row">
              <span class="muted small"
                >${count(number(rows.length), number(last?.count ?? rows.length))}</span
              >
              <button type="button" class="button" @click=${() => void this.#rows.more()}>
                ${more}
              </button>
            </div>`
          : nothing
      }`
  }

  /** The rows move: the focus goes to their heading, where what comes next is read from. */
  readonly #done = (text: string): void => {
    this.session?.say(text)
    this.renderRoot.querySelector('h3')?.focus()
    void this.#rows.reload()
    this.onChanged()
  }
}
