import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { codeMistake } from '../../state/activation/code-mistake.ts'
import { Command } from '../../state/activation/command.ts'
import { codeField } from './code-field.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

/** @summary Takes back the unit of a host without a network, by the proof that it forgot it. */
export class OfflineProof extends LitElement {
  static override styles = panelStyles

  @property({ attribute: false }) session: ActivationSession | null = null
  @property() license = ''
  @property({ attribute: false }) onChanged: () => void = () => {}

  @state() private code = ''
  @state() private mistake: string | null = null
  readonly #command = new Command(this)

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    if (session === null) return nothing
    const { back, backText, deactivation, release } = session.activation.offline
    return html`<section class="card block" aria-labelledby="title">
      <h3 id="title" tabindex="-1">${back}</h3>
      <p class="muted">${backText}</p>
      <form @submit=${this.#submit}>
        ${codeField({
          id: 'code',
          label: deactivation,
          rows: 3,
          value: this.code,
          error: this.mistake,
          onInput: (value) => (this.code = value),
        })}
        ${problemOf(this.#command.problem, session)}
        <div class="actions">
          ${commandButton({
            isRunning: this.#command.isRunning,
            label: release,
          })}
        </div>
      </form>
    </section>`
  }

  #submit(event: Event): void {
    event.preventDefault()
    void this.#release()
  }

  async #release(): Promise<void> {
    const { session, license, code } = this
    if (session === null) return
    this.mistake = codeMistake(code, 'deactivation', session)
    if (this.mistake !== null) {
      this.renderRoot.querySelector('textarea')?.focus()
      return
    }
    const body = { deactivation_code: code }
    const released = await this.#command.run((signal) => session.api.release(license, body, signal))
    if (released === null) return
    const { installations, release } = session.activation
    this.code = ''
    session.say(release.done(released.name ?? installations.unnamed))
    this.renderRoot.querySelector('h3')?.focus()
    this.onChanged()
  }
}
