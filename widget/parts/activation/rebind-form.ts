import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { Installation, Rebind } from '../../../server/contract/installations.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { Command } from '../../state/activation/command.ts'
import { textField } from './code-field.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

/** @summary Another installation in the place of one: at once, or after a look by an operator (S82). */
export class RebindForm extends LitElement {
  static override styles = panelStyles

  @property({ attribute: false }) session: ActivationSession | null = null
  @property() license = ''
  @property({ attribute: false }) installation: Installation | null = null
  /** For people. */
  @property() name = ''
  @property({ attribute: false }) onDone: (text: string) => void = () => {}
  @property({ attribute: false }) onCancel: () => void = () => {}

  @state() private fingerprint = ''
  @state() private newName = ''
  @state() private reason = ''
  @state() private mistake: string | null = null
  readonly #command = new Command(this)

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h3')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    if (session === null) return nothing
    const { move } = session.activation
    return html`<form aria-labelledby="title" @submit=${this.#submit}>
      <h3 id="title" tabindex="-1">${move.title(this.name)}</h3>
      <p class="muted">${move.text}</p>
      ${textField({
        id: 'fingerprint',
        label: move.fingerprint,
        hint: move.fingerprintHint,
        value: this.fingerprint,
        error: this.mistake,
        onInput: (value) => (this.fingerprint = value),
      })}
      ${textField({
        id: 'name',
        label: move.name,
        value: this.newName,
        onInput: (value) => (this.newName = value),
      })}
      ${textField({
        id: 'reason',
        label: move.reason,
        hint: move.reasonHint,
        value: this.reason,
        onInput: (value) => (this.reason = value),
      })}
      ${problemOf(this.#command.problem, session)}
      <div class="actions">
        ${commandButton({
          isRunning: this.#command.isRunning,
          label: move.confirm,
          look: 'primary',
        })}
        <button type="button" class="button" @click=${this.onCancel}>
          ${session.words.common.cancel}
        </button>
      </div>
    </form>`
  }

  #submit(event: Event): void {
    event.preventDefault()
    void this.#move()
  }

  async #move(): Promise<void> {
    const { session, installation, license } = this
    if (session === null || installation === null) return
    const fingerprint = this.fingerprint.trim()
    this.mistake = fingerprint === '' ? session.activation.move.fingerprintMissing : null
    if (this.mistake !== null) {
      this.renderRoot.querySelector<HTMLElement>('#fingerprint')?.focus()
      return
    }
    const wish = {
      activation_id: installation.id,
      fingerprint,
      name: this.newName.trim() || null,
      reason: this.reason.trim() || null,
    }
    const rebind = await this.#command.run((signal) => session.api.rebind(license, wish, signal))
    if (rebind !== null) this.onDone(outcome(rebind, session))
  }
}

function outcome({ state, name, fingerprint }: Rebind, session: ActivationSession): string {
  const { done, asked, denied, withdrawn } = session.activation.move
  if (state === 'approved') return done(name ?? fingerprint)
  if (state === 'requested') return asked
  return state === 'denied' ? denied : withdrawn
}
