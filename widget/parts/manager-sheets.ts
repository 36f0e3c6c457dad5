import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { ManagerSession } from '../state/manager-session.ts'
import { recallOrder } from '../state/open-order.ts'
import { licenseView, redeemView, type ShownLicense, subscriptionsView } from './late-view.ts'
import type { LicenseSheet } from './license-sheet.ts'

export type MakeEntry = (type: string | null) => TemplateResult

/** @summary The panels over the manager's list: buying, subscriptions, codes, one license. */
export class ManagerSheets extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }

    /* The sheet is card enough. */
    license-subscribe::part(panel) {
      padding: 0;
      border: 0;
      margin-inline: auto;
    }
  `

  @property({ attribute: false }) session: ManagerSession | null = null
  /** License type that complimentary licenses have. */
  @property({ attribute: false }) grantType: string | null = null
  /** Makes the element that sells; public elements are not known down here. */
  @property({ attribute: false }) entry: MakeEntry = () => html``

  /** Something happened to the purchase, or its sheet. */
  @property({ attribute: false }) onEntry: () => void = () => {}

  /** An activation code brought these licenses. */
  @property({ attribute: false }) onRedeemed: (ids: readonly string[]) => void = () => {}

  /** License type to buy; undefined until it was asked for. */
  @state() private entryType: string | null | undefined = undefined
  @state() private hasSubscriptions = false
  @state() private hasRedeem = false
  @state() private details: ShownLicense | null = null
  #isEntryDone = false

  /** The form stays as it was left until its purchase is over; its order is watched while closed. */
  async openEntry(type: string | null): Promise<void> {
    this.entryType = type
    await this.#show('entry')
    this.onEntry()
  }

  get isEntryOpen(): boolean {
    return this.#sheet('entry')?.isOpen ?? false
  }

  async openSubscriptions(): Promise<void> {
    this.hasSubscriptions = true
    await this.#show('subscriptions')
  }

  async openRedeem(): Promise<void> {
    this.hasRedeem = true
    await this.#show('redeem')
  }

  async openDetails(shown: ShownLicense): Promise<void> {
    this.details = shown
    await this.#show('details')
  }

  /** An order that a reload interrupted is watched again, in the closed sheet. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const key = this.session?.publishableKey
    if (!changed.has('session') || key === undefined || recallOrder(key) === null) return
    this.entryType ??= this.session?.type ?? null
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    if (session === null) return nothing
    const { manager, words } = session
    const close = words.common.close
    return html`<license-sheet
        id="entry"
        wide
        exportparts="dialog"
        .heading=${manager.entryTitle}
        .closeLabel=${close}
        @close=${this.#entryClosed}
      >
        ${this.#renderEntry()}
      </license-sheet>
      <license-sheet
        id="subscriptions"
        exportparts="dialog"
        dismissible
        .heading=${manager.subscriptions.title}
        .closeLabel=${close}
        @close=${() => (this.hasSubscriptions = false)}
      >
        ${this.hasSubscriptions ? subscriptionsView(session, this.grantType) : nothing}
      </license-sheet>
      <license-sheet
        id="details"
        exportparts="dialog"
        dismissible
        .heading=${manager.details.title}
        .closeLabel=${close}
        @close=${() => (this.details = null)}
      >
        ${this.details === null ? nothing : licenseView(session, this.details)}
      </license-sheet>
      <license-sheet
        id="redeem"
        exportparts="dialog"
        .heading=${manager.byCode}
        .closeLabel=${close}
        @close=${() => (this.hasRedeem = false)}
      >
        ${this.hasRedeem ? redeemView(session, this.onRedeemed) : nothing}
      </license-sheet>`
  }

  #renderEntry(): TemplateResult | typeof nothing {
    if (this.entryType === undefined) return nothing
    // The manager has told the page that it is ready; the form inside is no second element to it.
    return html`<div
      @license-ready=${(event: Event) => event.stopPropagation()}
      @license-purchased=${this.#entryDone}
      @license-cancelled=${this.#entryDone}
    >
      ${this.entry(this.entryType)}
    </div>`
  }

  async #show(id: 'entry' | 'subscriptions' | 'details' | 'redeem'): Promise<void> {
    await this.updateComplete
    this.#sheet(id)?.show()
  }

  #sheet(id: string): LicenseSheet | null {
    return this.renderRoot.querySelector<LicenseSheet>(`#${id}`)
  }

  readonly #entryDone = (): void => {
    this.#isEntryDone = true
    this.onEntry()
  }

  /** The next purchase begins with an empty form. */
  readonly #entryClosed = (): void => {
    this.onEntry()
    if (!this.#isEntryDone) return
    this.#isEntryDone = false
    this.entryType = undefined
  }
}
