import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { License } from '../../../server/contract/licenses.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import type { Move } from '../../state/desk/mode-change.ts'
import { SavedMethods } from '../../state/desk/saved-methods.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { surfaces } from '../../styles/surfaces.ts'
import type { LicenseSheet } from '../license-sheet.ts'
import { onWakeUp } from '../wake-up.ts'
import { autoTerms, dailyTotals, payPerUseTerms, unavailable } from './mode-terms.ts'
import { methodLink } from './method-link.ts'
import { modeSheetStyles } from './mode-sheet-styles.ts'
import { methodName } from './renewal-state.ts'

type PaidMode = 'auto' | 'pay_per_use'

/**
 * What takes money without another question is agreed to here, price and day first. Where no
 * method is saved, the way to one stands in the button's place, and saving it confirms.
 *
 * @summary Auto-renewal or pay-per-use for some licenses, and other payment methods.
 */
export class ModeSheet extends LitElement {
  static override styles = [base, controls, surfaces, modeSheetStyles]

  @property({ attribute: false }) session: DeskSession | null = null
  /** @returns whether it was done */
  @property({ attribute: false }) onMove: (move: Move) => Promise<boolean> = async () => false

  @state() private mode: PaidMode | null = null
  @state() private licenses: readonly License[] = []
  @state() private hasConsented = false
  @state() private isMissing = false
  @state() private isBusy = false
  #saved: SavedMethods | null = null
  #stopListening: (() => void) | null = null

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#end()
  }

  async open(mode: PaidMode, licenses: readonly License[]): Promise<void> {
    this.licenses = licenses
    this.hasConsented = false
    this.isMissing = false
    await this.#show(mode)
  }

  /** Another card, for charges that failed. */
  async openMethods(): Promise<void> {
    this.licenses = []
    await this.#show(null)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session') && this.session === null) this.#end()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, mode } = this
    if (session === null) return nothing
    const { auto, payPerUse, state: words } = session.desk
    const titles = { auto: auto.title, pay_per_use: payPerUse.title }
    return html`<license-sheet
      exportparts="dialog"
      .heading=${mode === null ? words.newMethod : titles[mode]}
      .closeLabel=${session.words.common.close}
      @close=${this.#end}
    >
      ${mode === null ? this.#renderMethods(session) : this.#renderTerms(session, mode)}
    </license-sheet>`
  }

  #renderTerms(session: DeskSession, mode: PaidMode): TemplateResult {
    const { possible, impossible } = splitByAvailability(this.licenses, mode)
    const terms = { session, licenses: possible }
    return html`<div class="terms">
      ${impossible.length === 0 ? nothing : unavailable(session, impossible, mode)}
      ${
        possible.length === 0
          ? nothing
          : html`${mode === 'auto' ? autoTerms(terms) : payPerUseTerms(terms)}
            ${mode === 'pay_per_use' ? this.#renderConsent(session, possible) : nothing}
            ${this.#renderConfirm(session, mode)}`
      }
    </div>`
  }

  /** Unticked: agreeing is an act of its own. */
  #renderConsent(session: DeskSession, licenses: readonly License[]): TemplateResult {
    const { payPerUse } = session.desk
    const perDay = dailyTotals(licenses, session).join(' + ')
    return html`<label class="check">
        <input
          type="checkbox"
          .checked=${this.hasConsented}
          aria-invalid=${this.isMissing ? 'true' : nothing}
          aria-describedby=${this.isMissing ? 'missing' : nothing}
          @change=${() => {
            this.hasConsented = !this.hasConsented
            this.isMissing = false
          }}
        />
        <span>${payPerUse.consent(perDay)}</span>
      </label>
      ${
        this.isMissing
          ? html`<p class="field-error" id="missing" role="alert">${payPerUse.consentMissing}</p>`
          : nothing
      }`
  }

  #renderConfirm(session: DeskSession, mode: PaidMode): TemplateResult {
    const { auto, payPerUse } = session.desk
    const saved = this.#saved
    const label = mode === 'auto' ? auto.confirm : payPerUse.confirm
    if (saved === null || (saved.methods === null && saved.problem === null)) {
      return html`<div class="skeleton line" aria-hidden="true"></div>`
    }
    const method = saved.preferred
    if (method === null) {
      const isAgreed = mode === 'auto' || this.hasConsented
      return html`<p>${auto.needsMethod}</p>
        ${
          isAgreed
            ? methodLink(session, saved, auto.saveMethod)
            : html`<button type="button" class="button primary" @click=${this.#confirm}>
                ${auto.saveMethod}
              </button>`
        }`
    }
    return html`<p class="method">
        <span class="muted">${auto.method}</span> <strong>${methodName(method, session)}</strong>
      </p>
      <button
        type="button"
        class="button primary large"
        part="button primary"
        aria-disabled=${this.isBusy}
        @click=${this.#confirm}
      >
        ${label}
      </button>`
  }

  #renderMethods(session: DeskSession): TemplateResult | typeof nothing {
    const saved = this.#saved
    if (saved === null) return nothing
    return html`<div class="terms">
      <ul>
        ${(saved.methods ?? []).map((method) => html`<li>${methodName(method, session)}</li>`)}
      </ul>
      <p class="muted">${session.desk.state.stoppedHelp}</p>
      ${methodLink(session, saved, session.desk.auto.saveMethod)}
    </div>`
  }

  async #show(mode: PaidMode | null): Promise<void> {
    const { session } = this
    if (session === null) return
    this.#end()
    this.mode = mode
    this.#saved = new SavedMethods({
      renewals: session.renewals,
      changed: () => this.requestUpdate(),
      onSaved: () => (mode === null ? this.#sheet?.close() : void this.#confirm()),
    })
    this.#stopListening = onWakeUp(() => this.#saved?.nudge())
    void this.#saved.load()
    await this.updateComplete
    this.#sheet?.show()
  }

  readonly #confirm = async (): Promise<void> => {
    const { mode } = this
    if (mode === null || this.isBusy) return
    this.isMissing = mode === 'pay_per_use' && !this.hasConsented
    if (this.isMissing || this.#saved?.preferred === null) return
    const { possible } = splitByAvailability(this.licenses, mode)
    this.isBusy = true
    await this.onMove({ ids: possible.map(({ id }) => id), mode })
    this.isBusy = false
    this.#sheet?.close()
  }

  readonly #end = (): void => {
    this.#saved?.stop()
    this.#saved = null
    this.#stopListening?.()
    this.#stopListening = null
  }

  get #sheet(): LicenseSheet | null {
    return this.renderRoot.querySelector<LicenseSheet>('license-sheet')
  }
}

/** A missing method is no obstacle: it can be saved here. */
function splitByAvailability(licenses: readonly License[], mode: PaidMode) {
  const isPossible = (license: License) => {
    const offer = mode === 'auto' ? license.auto_renewal : license.pay_per_use
    return offer !== null && (offer.available || offer.reason === 'no_method')
  }
  return {
    possible: licenses.filter(isPossible),
    impossible: licenses.filter((license) => !isPossible(license)),
  }
}
