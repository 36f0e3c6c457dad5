import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { Installation } from '../../../server/contract/installations.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { codeMistake } from '../../state/activation/code-mistake.ts'
import { Command } from '../../state/activation/command.ts'
import { codeField } from './code-field.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

/**
 * A host without a network cannot be told: it proves by a code that it forgot its activation.
 *
 * @summary Asks before the unit of an installation is given back, and says what happens then.
 */
export class ReleaseForm extends LitElement {
  static override styles = panelStyles

  @property({ attribute: false }) session: ActivationSession | null = null
  @property() license = ''
  @property({ attribute: false }) installation: Installation | null = null
  /** For people. */
  @property() name = ''
  @property({ attribute: false }) onDone: (text: string) => void = () => {}
  @property({ attribute: false }) onCancel: () => void = () => {}

  @state() private code = ''
  @state() private mistake: string | null = null
  readonly #command = new Command(this)

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h3')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, installation, name, mistake, code } = this
    if (session === null || installation === null) return nothing
    const { release, offline } = session.activation
    return html`<form aria-labelledby="title" @submit=${this.#submit}>
      <h3 id="title" tabindex="-1">${release.title(name)}</h3>
      <p class="muted">${installation.offline ? release.offlineText : release.text}</p>
      ${
        installation.offline
          ? codeField({
              id: 'code',
              label: offline.deactivation,
              rows: 2,
              value: code,
              error: mistake,
              onInput: (value) => (this.code = value),
            })
          : nothing
      }
      ${problemOf(this.#command.problem, session)}
      <div class="actions">
        ${commandButton({
          isRunning: this.#command.isRunning,
          label: release.confirm,
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
    void this.#release()
  }

  async #release(): Promise<void> {
    const { session, installation, license, code } = this
    if (session === null || installation === null) return
    this.mistake = installation.offline ? codeMistake(code, 'deactivation', session) : null
    if (this.mistake !== null) {
      this.renderRoot.querySelector('textarea')?.focus()
      return
    }
    const proof = installation.offline ? { deactivation_code: code } : {}
    const body = { activation_id: installation.id, ...proof }
    const released = await this.#command.run((signal) => session.api.release(license, body, signal))
    if (released !== null) this.onDone(session.activation.release.done(this.name))
  }
}
