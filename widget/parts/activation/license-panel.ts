import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { License } from '../../../server/contract/licenses.ts'
import {
  activationSession,
  type ActivationSession,
} from '../../state/activation/activation-session.ts'
import { statusLabel } from '../../state/license-facts.ts'
import type { ManagerSession } from '../../state/manager-session.ts'
import { alert } from '../alert.ts'
import type { LicenseTab, ShownLicense } from '../late-view.ts'
import { statusChip, statusStyles } from '../license-status.ts'
import { typeTabs, typeTabsStyles } from '../type-tabs.ts'
import { ACTIVATION_PARTS } from './activation-parts.ts'
import { licenseFacts } from './license-facts.ts'
import { panelStyles } from './panel-styles.ts'
import { unitMeter, unitMeterStyles } from './unit-meter.ts'

type Tab = LicenseTab | 'offline' | 'log'

/** @summary Everything about one license: its facts and key, what uses it, and what has happened to it. */
export class LicensePanel extends LitElement {
  static readonly parts = ACTIVATION_PARTS
  static override styles = [
    ...panelStyles,
    statusStyles,
    typeTabsStyles,
    unitMeterStyles,
    css`
      :host {
        gap: calc(var(--_step) * 5);
      }
      .plan {
        font-size: 1.133em;
        overflow-wrap: anywhere;
      }
      .said:has(.alert) {
        margin-block-end: calc(var(--_step) * 5);
      }
      @container (inline-size < 400px) {
        .tabs {
          gap: calc(var(--_step) * 1.5);
          font-size: 0.933em;
        }
      }
    `,
  ]

  @property({ attribute: false }) session: ManagerSession | null = null
  @property({ attribute: false }) shown: ShownLicense | null = null

  @state() private tab: Tab = 'overview'
  /** As it was read last. */
  @state() private license: License | null = null
  /** What the last command did, for all to see; and what only a screen reader needs to be told. */
  @state() private said = ''
  @state() private heard = ''
  #shared: ActivationSession | null = null

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, shown } = this
    if (changed.has('session') && session !== null) {
      this.#shared = activationSession(session, {
        announce: (text) => (this.heard = text),
        say: (text) => (this.said = text),
      })
    }
    if (!changed.has('shown') || shown === null) return
    this.license = shown.license
    this.tab = shown.tab
    this.said = ''
  }

  protected override render(): TemplateResult | typeof nothing {
    const { license, shown, said } = this
    const session = this.#shared
    if (session === null || license === null || shown === null) return nothing
    return html`<div class="stack">
        <p class="row">
          <strong class="plan"><bdi>${license.plan_name}</bdi></strong>
          ${statusChip(license, shown.now, session)}
        </p>
        <p class="muted small">${session.manager.statusHelp[statusLabel(license)]}</p>
      </div>
      ${session.isRenewOnly ? nothing : this.#renderTabs(license, session)}
      <div>
        <div class="said" role="status">
          ${said === '' ? nothing : alert({ tone: 'good', title: said })}
        </div>
        <p class="visually-hidden" role="status">${this.heard}</p>
        <div
          id="content"
          class="stack wide"
          role=${session.isRenewOnly ? nothing : 'tabpanel'}
          aria-labelledby=${session.isRenewOnly ? nothing : `tab-${this.tab}`}
        >
          ${this.#renderTab(license, session)}
        </div>
      </div>`
  }

  #renderTabs({ one_time: isOneTime }: License, session: ActivationSession): TemplateResult {
    const { tabs } = session.activation
    const overview = { type: 'overview', label: tabs.overview }
    const log = { type: 'log', label: tabs.log }
    return typeTabs({
      label: tabs.label,
      // One-time units go to references of a host, and not to installations.
      tabs: isOneTime
        ? [overview, { type: 'activations', label: tabs.units }, log]
        : [
            overview,
            { type: 'activations', label: tabs.activations },
            { type: 'offline', label: tabs.offline },
            log,
          ],
      chosen: this.tab,
      panelId: 'content',
      choose: (type) => this.#choose(asTab(type)),
    })
  }

  #renderTab(license: License, session: ActivationSession): TemplateResult {
    switch (this.tab) {
      case 'overview':
        return this.#renderOverview(license, session)
      case 'activations':
        return license.one_time
          ? html`<license-units .session=${session} .license=${license}></license-units>`
          : html`<license-installations
              exportparts="button, primary, row, status"
              .session=${session}
              .license=${license}
              .onChanged=${this.#changed}
              .onOffline=${() => this.#choose('offline')}
            ></license-installations>`
      case 'offline':
        return html`<license-offline
          exportparts="button, primary"
          .session=${session}
          .license=${license}
          .onChanged=${this.#changed}
        ></license-offline>`
      case 'log':
        return html`<license-allocation-log
          exportparts="button, row"
          .session=${session}
          .license=${license.id}
        ></license-allocation-log>`
    }
  }

  #renderOverview(license: License, session: ActivationSession): TemplateResult {
    const { facts } = session.activation
    return html`${unitMeter(license, session)}
      ${session.isRenewOnly ? nothing : this.#renderSecrets(license, session)}
      <section aria-labelledby="facts">
        <h3 id="facts">${facts.title}</h3>
        ${licenseFacts(license, this.shown?.now ?? '', session)}
      </section>`
  }

  #renderSecrets(license: License, session: ActivationSession): TemplateResult {
    const { file } = session.activation
    return html`<license-key
        exportparts="button, primary"
        .session=${session}
        .license=${license}
        .onChanged=${this.#changed}
      ></license-key>
      ${
        license.one_time
          ? nothing
          : html`<section class="card block" aria-labelledby="file">
              <h3 id="file">${file.title}</h3>
              <p class="muted">${file.text}</p>
              <license-file
                exportparts="button"
                .session=${session}
                .license=${license.id}
                .onChoose=${() => this.#choose('activations')}
              ></license-file>
            </section>`
      }`
  }

  #choose(tab: Tab): void {
    this.tab = tab
    this.said = ''
  }

  /** Here and in the list behind: units, status or key are not what they were. */
  readonly #changed = async (): Promise<void> => {
    const { license, session } = this
    if (license === null || session === null) return
    session.refresh()
    const now = await session.client.license(license.id).catch(() => null)
    if (now !== null && this.license?.id === now.id) this.license = now
  }
}

/** The names of our own tabs come back as text. */
function asTab(type: string): Tab {
  return type === 'activations' || type === 'offline' || type === 'log' ? type : 'overview'
}
