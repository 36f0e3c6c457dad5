import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { ActivatedByCode } from '../../../server/contract/installations.ts'
import type { License } from '../../../server/contract/licenses.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { codeMistake } from '../../state/activation/code-mistake.ts'
import { Command } from '../../state/activation/command.ts'
import { dateTime } from '../license-dates.ts'
import { codeField, textField } from './code-field.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

/**
 * Two codes, carried by a person: the host's registration code comes in, the activation code goes out.
 *
 * @summary Activates a host that has no network (S34).
 */
export class LicenseOffline extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .result {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        gap: calc(var(--_step) * 4);
      }
      .result .code {
        flex: 1 1 240px;
      }
    `,
  ]

  @property({ attribute: false }) session: ActivationSession | null = null
  @property({ attribute: false }) license: License | null = null
  @property({ attribute: false }) onChanged: () => void = () => {}

  @state() private code = ''
  @state() private hostName = ''
  @state() private mistake: string | null = null
  @state() private result: ActivatedByCode | null = null
  readonly #command = new Command(this)

  protected override render(): TemplateResult | typeof nothing {
    const { session, license } = this
    if (session === null || license === null) return nothing
    const { title, steps } = session.activation.offline
    return html`<section class="card block" aria-labelledby="title">
        <h3 id="title" tabindex="-1">${title}</h3>
        ${
          this.result === null
            ? html`<p class="muted">${steps}</p>
                ${this.#renderForm(session)}`
            : this.#renderResult(this.result, license, session)
        }
      </section>
      <license-offline-proof
        exportparts="button, primary"
        .session=${session}
        .license=${license.id}
        .onChanged=${this.onChanged}
      ></license-offline-proof>`
  }

  #renderForm(session: ActivationSession): TemplateResult {
    const { registration, registrationHint, name, activate } = session.activation.offline
    return html`<form @submit=${this.#submit}>
      ${codeField({
        id: 'code',
        label: registration,
        hint: registrationHint,
        rows: 3,
        value: this.code,
        error: this.mistake,
        onInput: (value) => (this.code = value),
      })}
      ${textField({
        id: 'name',
        label: name,
        value: this.hostName,
        onInput: (value) => (this.hostName = value),
      })}
      ${problemOf(this.#command.problem, session)}
      <div class="actions">
        ${commandButton({
          isRunning: this.#command.isRunning,
          label: activate,
          look: 'primary',
        })}
      </div>
    </form>`
  }

  #renderResult(
    { activation_code: code, grace_until: until }: ActivatedByCode,
    { time_zone: zone }: License,
    session: ActivationSession,
  ): TemplateResult {
    const { offline } = session.activation
    return html`<h3 id="result" tabindex="-1">${offline.activation}</h3>
      <p>${offline.activationHint} <span class="muted">${validity(until, zone, session)}</span></p>
      <div class="result">
        <pre class="code" dir="ltr">${code}</pre>
        <license-qr-code .text=${compact(code)} .label=${offline.qr}></license-qr-code>
      </div>
      <div class="actions">
        <license-copy-button .label=${offline.copy} .text=${code}></license-copy-button>
        <button type="button" class="button plain" @click=${this.#another}>
          ${offline.another}
        </button>
      </div>`
  }

  #submit(event: Event): void {
    event.preventDefault()
    void this.#activate()
  }

  async #activate(): Promise<void> {
    const { session, license, code } = this
    if (session === null || license === null) return
    this.mistake = codeMistake(code, 'registration', session)
    if (this.mistake !== null) return this.#focus('#code')
    const name = this.hostName.trim() || null
    const result = await this.#command.run((signal) =>
      session.api.activateByCode(license.id, code, name, signal),
    )
    if (result === null) return
    this.result = result
    session.announce(session.activation.offline.done)
    this.onChanged()
    await this.#focus('#result')
  }

  readonly #another = (): void => {
    this.result = null
    this.code = ''
    this.hostName = ''
    void this.#focus('#code')
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }
}

/** Capitals and digits only: the smallest picture, and every reader of it agrees. */
function compact(code: string): string {
  return code.replaceAll(/[^0-9A-Z]/g, '')
}

function validity(until: string, zone: string, session: ActivationSession): TemplateResult {
  const [before = '', after = ''] = session.activation.offline.valid('\n').split('\n')
  return html`${before}${dateTime(until, zone, session)}${after}`
}
