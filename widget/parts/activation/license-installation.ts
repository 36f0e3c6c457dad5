import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { Installation, Rebind } from '../../../server/contract/installations.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { Command } from '../../state/activation/command.ts'
import { formatDate } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'
import { alert } from '../alert.ts'
import { dateTime, distance } from '../license-dates.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

type Mode = 'view' | 'release' | 'move'

const TONES = { active: 'good', stale: 'careful', deactivated: '', culled: '' } as const

/** @summary One installation: what it is, when it was seen, and how its unit is given back or moved. */
export class LicenseInstallation extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .name {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .times {
        display: flex;
        flex-wrap: wrap;
        gap: calc(var(--_step) * 1) calc(var(--_step) * 6);
        font-size: 0.933em;
      }
      .times div {
        display: flex;
        flex-wrap: wrap;
        gap: 0 calc(var(--_step) * 2);
      }
      .times dt {
        color: var(--_muted);
      }
      .fingerprint {
        overflow-wrap: anywhere;
      }
      .alert ul {
        margin-block: calc(var(--_step) * 1);
        padding-inline-start: 1.2em;
        list-style: disc;
      }
      .form {
        padding-block-start: calc(var(--_step) * 3);
        border-block-start: 1px solid var(--_line);
      }
    `,
  ]

  @property({ attribute: false }) session: ActivationSession | null = null
  @property() license = ''
  /** IANA, of the license. */
  @property() zone = ''
  @property({ attribute: false }) installation: Installation | null = null
  /** RFC 3339, the server's. */
  @property() now = ''
  /** Something has changed; the text says what. */
  @property({ attribute: false }) onDone: (text: string) => void = () => {}

  @state() private mode: Mode = 'view'
  readonly #withdrawal = new Command(this)

  /** The row now shows another one; what was begun was not meant for it. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('installation')) return
    if (this.installation?.id !== changed.get('installation')?.id) this.mode = 'view'
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, installation } = this
    if (session === null || installation === null) return nothing
    const { state: words, stateHelp } = session.activation.installations
    const { state: now } = installation
    return html`<div class="row">
        <strong class="name" id="name"><bdi>${this.#name(session)}</bdi></strong>
        <span class="chip ${TONES[now]}" part="status" title=${stateHelp[now]}>${words[now]}</span>
      </div>
      <p class="fingerprint small muted">${this.#identity(installation, session)}</p>
      ${this.#renderTimes(installation, session)}
      ${installation.rebind === null ? nothing : this.#renderQueued(installation.rebind, session)}
      ${this.#renderBelow(installation, session)}`
  }

  #name(session: ActivationSession): string {
    const { installation } = this
    if (installation?.name) return installation.name
    return installation?.offline
      ? session.activation.installations.unnamed
      : (installation?.fingerprint ?? '')
  }

  /** The digest of a code says nothing to people; that it came by a code does. */
  #identity({ name, fingerprint, offline }: Installation, session: ActivationSession) {
    const { code, fingerprint: label } = session.activation.installations
    if (offline) return code
    return name === null ? nothing : html`${label}: <bdi class="mono">${fingerprint}</bdi>`
  }

  /** Only plans with heartbeats know when it was seen; of others nothing is said that nobody knows. */
  #renderTimes(installation: Installation, session: ActivationSession): TemplateResult {
    const { activated, seen, ended } = session.activation.installations
    const { activated_at: from, last_seen_at: last, ended_at: until } = installation
    const when = (at: string) =>
      html`${dateTime(at, this.zone, session)}
        <span class="muted">(${distance(at, this.now, this.zone, session)})</span>`
    return html`<dl class="times">
      <div>
        <dt>${activated}</dt>
        <dd>${dateTime(from, this.zone, session)}</dd>
      </div>
      ${
        until === null && last === from
          ? nothing
          : html`<div>
              <dt>${until === null ? seen : ended}</dt>
              <dd>${when(until ?? last)}</dd>
            </div>`
      }
    </dl>`
  }

  #renderBelow(installation: Installation, session: ActivationSession) {
    if (installation.ended_at !== null) return nothing
    const { license, mode } = this
    const name = this.#name(session)
    switch (mode) {
      case 'view':
        return this.#renderActions(installation, name, session)
      case 'release':
        return html`<license-release-form
          class="form"
          .session=${session}
          .license=${license}
          .installation=${installation}
          .name=${name}
          .onDone=${this.onDone}
          .onCancel=${this.#cancel}
        ></license-release-form>`
      case 'move':
        return html`<license-rebind-form
          class="form"
          .session=${session}
          .license=${license}
          .installation=${installation}
          .name=${name}
          .onDone=${this.onDone}
          .onCancel=${this.#cancel}
        ></license-rebind-form>`
    }
  }

  #renderActions(installation: Installation, name: string, session: ActivationSession) {
    const { release, releaseOf, move, moveOf } = session.activation.installations
    const button = (mode: Mode, label: string, spoken: string) =>
      html`<button
        type="button"
        class="button plain ${mode}"
        part="button"
        aria-label=${spoken}
        @click=${() => (this.mode = mode)}
      >
        ${label}
      </button>`
    return html`<div class="actions">
      ${button('release', release, releaseOf(name))}
      ${installation.rebind === null ? button('move', move, moveOf(name)) : nothing}
      <license-file
        exportparts="button"
        .session=${session}
        .license=${this.license}
        .activation=${installation.id}
        .of=${name}
      ></license-file>
    </div>`
  }

  #renderQueued(rebind: Rebind, session: ActivationSession): TemplateResult {
    const { queued, queuedText, because, reasons, withdraw } = session.activation.move
    const asked = formatDate(rebind.requested_at, session.locale, knownZone(this.zone))
    return alert({
      tone: 'careful',
      title: queued,
      content: html`<p>${queuedText(rebind.name ?? rebind.fingerprint, asked)}</p>
        ${
          rebind.reasons.length === 0
            ? nothing
            : html`<p>${because}</p>
                <ul>
                  ${rebind.reasons.map((reason) => html`<li>${reasons[reason]}</li>`)}
                </ul>`
        }
        ${problemOf(this.#withdrawal.problem, session)}
        ${commandButton({
          isRunning: this.#withdrawal.isRunning,
          label: withdraw,
          look: 'plain',
          run: () => void this.#withdraw(rebind, session),
        })}`,
    })
  }

  async #withdraw({ id }: Rebind, session: ActivationSession): Promise<void> {
    const { license } = this
    const done = await this.#withdrawal.run((signal) =>
      session.api.withdrawRebind(license, id, signal),
    )
    if (done !== null) this.onDone(session.activation.move.withdrawn)
  }

  /** The focus goes back to the button that opened the form. */
  readonly #cancel = async (): Promise<void> => {
    const { mode } = this
    this.mode = 'view'
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`.${mode}`)?.focus()
  }
}
