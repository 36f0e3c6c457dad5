import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { License } from '../../../server/contract/licenses.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { Command } from '../../state/activation/command.ts'
import { formatDateTime } from '../../state/format.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

/** Hours for which the key that is replaced goes on working. */
const OVERLAPS = [0, 24, 168] as const
type Overlap = (typeof OVERLAPS)[number]

/** @summary The license key: masked until it is asked for, sent again, replaced. */
export class LicenseKey extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .key {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(var(--_step) * 2) calc(var(--_step) * 4);
      }
      .key .code {
        flex: 1 1 auto;
        min-inline-size: 0;
      }
      form {
        padding-block-start: calc(var(--_step) * 4);
        border-block-start: 1px solid var(--_line);
      }
      select {
        max-inline-size: 280px;
      }
    `,
  ]

  @property({ attribute: false }) session: ActivationSession | null = null
  @property({ attribute: false }) license: License | null = null
  @property({ attribute: false }) onChanged: () => void = () => {}

  /** In the clear, as long as the customer looks at it. */
  @state() private key: string | null = null
  @state() private isReplacing = false
  @state() private overlap: Overlap = 0
  /** What the last command has done. */
  @state() private done = ''
  readonly #command = new Command(this)

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.license?.id === changed.get('license')?.id || !changed.has('license')) return
    this.key = null
    this.isReplacing = false
    this.done = ''
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, license } = this
    if (session === null || license === null) return nothing
    const words = session.activation.key
    return html`<section class="card block" aria-labelledby="title">
      <h3 id="title" tabindex="-1">${words.title}</h3>
      <div class="key">
        ${
          this.key === null
            ? html`<span class="code" dir="ltr" aria-hidden="true"
                  >••••-••••-••••-${license.key_last4}</span
                ><span class="visually-hidden">${words.masked(license.key_last4)}</span>`
            : html`<bdi class="code" id="key" dir="ltr">${this.key}</bdi>`
        }
        ${this.#renderSight(session)}
      </div>
      <p class="hint">${words.hint}</p>
      ${this.done === '' ? nothing : html`<p class="small">${this.done}</p>`}
      ${problemOf(this.#command.problem, session)}
      ${this.isReplacing ? this.#renderReplacing(license, session) : this.#renderActions(session)}
    </section>`
  }

  #renderSight(session: ActivationSession): TemplateResult {
    const { reveal, hide } = session.activation.key
    if (this.key === null) {
      const run = () => void this.#reveal(session)
      return commandButton({ isRunning: this.#command.isRunning, label: reveal, run })
    }
    return html`<license-copy-button
        .label=${session.words.common.copy}
        .text=${this.key}
      ></license-copy-button>
      <button type="button" class="button plain" @click=${() => (this.key = null)}>${hide}</button>`
  }

  #renderActions(session: ActivationSession): TemplateResult {
    const { send, replace } = session.activation.key
    return html`<p class="actions">
      <button type="button" class="button plain" @click=${() => void this.#send(session)}>
        ${send}
      </button>
      <button type="button" class="button plain" @click=${this.#startReplacing}>${replace}</button>
    </p>`
  }

  #renderReplacing(license: License, session: ActivationSession): TemplateResult {
    const { replaceTitle, replaceText, overlap, overlaps, confirm } = session.activation.key
    const choose = ({ target }: Event) => {
      const chosen = target instanceof HTMLSelectElement ? Number(target.value) : 0
      this.overlap = OVERLAPS.find((hours) => hours === chosen) ?? 0
    }
    return html`<form aria-labelledby="replace" @submit=${(event: Event) => event.preventDefault()}>
      <h3 id="replace" tabindex="-1">${replaceTitle}</h3>
      <p class="muted">${replaceText}</p>
      <div class="field">
        <label class="label" for="overlap">${overlap}</label>
        <select id="overlap" class="input" @change=${choose}>
          ${OVERLAPS.map(
            (hours) =>
              html`<option value=${hours} ?selected=${hours === this.overlap}>
                ${overlaps[hours]}
              </option>`,
          )}
        </select>
      </div>
      <div class="actions">
        ${commandButton({
          isRunning: this.#command.isRunning,
          label: confirm,
          look: 'primary',
          run: () => void this.#replace(license, session),
        })}
        <button type="button" class="button" @click=${this.#stopReplacing}>
          ${session.words.common.cancel}
        </button>
      </div>
    </form>`
  }

  async #reveal(session: ActivationSession): Promise<void> {
    const { license } = this
    if (license === null) return
    const key = await this.#command.run((signal) => session.api.reveal(license.id, signal))
    if (key === null) return
    this.key = key
    this.done = ''
    session.announce(session.activation.key.shown)
  }

  async #send(session: ActivationSession): Promise<void> {
    const { license } = this
    if (license === null) return
    const answer = await this.#command.run((signal) => session.api.sendKey(license.id, signal))
    if (answer === null) return
    this.done = session.activation.key.sent(answer.sent_to)
    session.announce(this.done)
  }

  async #replace(license: License, session: ActivationSession): Promise<void> {
    const { overlap } = this
    const answer = await this.#command.run((signal) =>
      session.api.rotateKey(license.id, license.key_last4, overlap, signal),
    )
    if (answer === null) return
    const { replaced, replacedNow } = session.activation.key
    this.key = answer.key
    this.done =
      overlap === 0 ? replacedNow : replaced(formatDateTime(answer.previous_until, session.locale))
    session.announce(this.done)
    this.onChanged()
    this.#stopReplacing()
  }

  readonly #startReplacing = (): void => {
    this.#command.dismiss()
    this.isReplacing = true
    void this.#focus('#replace')
  }

  readonly #stopReplacing = (): void => {
    this.isReplacing = false
    void this.#focus('#title')
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }
}
