import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import {
  activationSession,
  type ActivationSession,
} from '../../state/activation/activation-session.ts'
import { codeMistake } from '../../state/activation/code-mistake.ts'
import { Command } from '../../state/activation/command.ts'
import { formatNumber } from '../../state/format.ts'
import type { ManagerSession } from '../../state/manager-session.ts'
import { alert } from '../alert.ts'
import { codeField } from './code-field.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

/** @summary The second method of S34: a registration code out, an activation code in, no payment here. */
export class LicenseRedeem extends LitElement {
  static override styles = panelStyles

  @property({ attribute: false }) session: ManagerSession | null = null
  @property({ attribute: false }) onRedeemed: (ids: readonly string[]) => void = () => {}

  @state() private registration: string | null = null
  @state() private code = ''
  @state() private mistake: string | null = null
  @state() private said = ''
  @state() private redeemed: readonly string[] | null = null
  #shared: ActivationSession | null = null
  readonly #reading = new Command(this)
  readonly #redeeming = new Command(this)

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session } = this
    if (session === null || !changed.has('session')) return
    this.#shared = activationSession(session, { announce: (text) => (this.said = text) })
    if (session.client !== changed.get('session')?.client) void this.#read()
  }

  protected override render(): TemplateResult | typeof nothing {
    const session = this.#shared
    if (session === null) return nothing
    const { redeem } = session.activation
    return html`<p class="muted">${redeem.text}</p>
      <p class="visually-hidden" role="status">${this.said}</p>
      <section class="card block" aria-labelledby="registration">
        <h3 id="registration">${redeem.registration}</h3>
        ${this.#renderRegistration(session)}
      </section>
      <section class="card block" aria-labelledby="activation">
        ${
          this.redeemed === null
            ? this.#renderForm(session)
            : this.#renderDone(this.redeemed, session)
        }
      </section>`
  }

  #renderRegistration(session: ActivationSession): TemplateResult {
    const { registrationHint, copy } = session.activation.redeem
    const { problem } = this.#reading
    if (problem !== null) return html`${problemOf(problem, session, () => void this.#read())}`
    const { registration: code } = this
    if (code === null) return html`<div class="skeleton" aria-hidden="true"></div>`
    return html`<pre class="code" dir="ltr">${code}</pre>
      <div class="row">
        <p class="hint">${registrationHint}</p>
        <license-copy-button .label=${copy} .text=${code}></license-copy-button>
      </div>`
  }

  #renderForm(session: ActivationSession): TemplateResult {
    const { activation, activate } = session.activation.redeem
    return html`<form @submit=${this.#submit}>
      <h3 id="activation" class="visually-hidden">${activation}</h3>
      ${codeField({
        id: 'code',
        label: activation,
        rows: 2,
        value: this.code,
        error: this.mistake,
        onInput: (value) => (this.code = value),
      })}
      ${problemOf(this.#redeeming.problem, session)}
      <div class="actions">
        ${commandButton({
          isRunning: this.#redeeming.isRunning,
          label: activate,
          look: 'primary',
        })}
      </div>
    </form>`
  }

  #renderDone(ids: readonly string[], session: ActivationSession): TemplateResult {
    const { activation, done, doneText, another } = session.activation.redeem
    const again = () => (this.redeemed = null)
    return html`<h3 id="activation" tabindex="-1">${activation}</h3>
      ${alert({
        tone: 'good',
        title: done,
        content: doneText(formatNumber(ids.length, session.locale)),
      })}
      <div class="actions">
        <button type="button" class="button plain" @click=${again}>${another}</button>
      </div>`
  }

  async #read(): Promise<void> {
    const session = this.#shared
    if (session === null) return
    this.registration = await this.#reading.run((signal) => session.api.registrationCode(signal))
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const session = this.#shared
    if (session === null) return
    this.mistake = codeMistake(this.code, 'grant', session)
    if (this.mistake !== null) {
      this.renderRoot.querySelector('textarea')?.focus()
      return
    }
    const answer = await this.#redeeming.run((signal) => session.api.redeem(this.code, signal))
    if (answer === null) return
    this.code = ''
    this.redeemed = answer.licenses
    this.said = session.activation.redeem.done
    this.onRedeemed(answer.licenses)
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#activation')?.focus()
  }
}
