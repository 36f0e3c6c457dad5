import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { LicenseExport, save } from '../../state/license-export.ts'
import { commandButton } from './command-button.ts'
import { panelStyles } from './panel-styles.ts'
import { problemOf } from './panel-views.ts'

/** @summary The signed license file of one installation, offered as a download. */
export class LicenseFile extends LitElement {
  static override styles = panelStyles

  @property({ attribute: false }) session: ActivationSession | null = null
  @property() license = ''
  /** Null: the only active one. */
  @property({ attribute: false }) activation: string | null = null
  /** Name of the installation, where several stand together. */
  @property({ attribute: false }) of: string | null = null
  /** Several are active: the customer has to say which one. */
  @property({ attribute: false }) onChoose: () => void = () => {}

  readonly #export = new LicenseExport(this)

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    if (session === null) return nothing
    const { file: words } = session.activation
    const { file, problem, isRunning } = this.#export
    const name = this.of === null ? undefined : words.of(this.of)
    return html`<div>
        ${commandButton({
          isRunning,
          label: words.download,
          look: this.of === null ? '' : 'plain',
          ...(name === undefined ? {} : { name }),
          run: () => void this.#download(session),
        })}
      </div>
      ${
        file === null
          ? nothing
          : html`<p class="small muted">
              ${words.saved(file.name)} <a href=${file.url} download=${file.name}>${words.again}</a>
            </p>`
      }
      ${problemOf(problem, session)}
      ${
        problem?.code === 'activation.needed'
          ? html`<div>
              <button type="button" class="button" @click=${this.onChoose}>${words.choose}</button>
            </div>`
          : nothing
      }`
  }

  async #download(session: ActivationSession): Promise<void> {
    const { license, activation } = this
    const file = await this.#export.run(
      (signal) => session.api.file(license, activation, signal),
      `${license}.license.jwt`,
    )
    if (file === null) return
    save(file)
    session.announce(session.activation.file.saved(file.name))
  }
}
