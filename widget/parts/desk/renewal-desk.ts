import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { deskSession, type DeskSession } from '../../state/desk/desk-session.ts'
import { orderMemory, recallOrder } from '../../state/open-order.ts'
import type { ManagerSession } from '../../state/manager-session.ts'
import { base } from '../../styles/base.ts'
import type { DeskList } from './desk-list.ts'
import { DESK_PARTS } from './desk-parts.ts'
import type { Opening, TypeName } from './opening.ts'

/** @summary The renewal desk: the four tabs, and the Renew page that takes their place. */
export class RenewalDesk extends LitElement {
  static readonly parts = DESK_PARTS
  static override styles = base

  @property({ attribute: false }) session: ManagerSession | null = null
  /** Licenses to renew at once; the desk closes when that is over. Null: the four tabs. */
  @property({ attribute: false }) ids: readonly string[] | null = null
  /** License types that can be sold, by name. */
  @property({ attribute: false }) types: readonly TypeName[] = []
  @property({ attribute: false }) onClose: () => void = () => {}

  @state() private opening: Opening | null = null
  #shared: DeskSession | null = null

  /** Asks again without a sign of it. */
  async refreshQuietly(): Promise<void> {
    await this.#list?.refreshQuietly()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, ids } = this
    if (changed.has('session') && session !== null) {
      this.#shared = deskSession(session)
      const memory = orderMemory(session.publishableKey, 'renewal')
      // A reload interrupted the payment: the page goes on where it was.
      if (recallOrder(memory) !== null) this.opening ??= renewalOf([])
    }
    if (changed.has('ids') && ids !== null) this.opening = renewalOf(ids)
  }

  protected override render(): TemplateResult | typeof nothing {
    const session = this.#shared
    if (session === null) return nothing
    const { opening } = this
    return html`${
      opening === null
        ? nothing
        : html`<license-renew-page
            exportparts="button, primary, dialog, total"
            .session=${session}
            .opening=${opening}
            .onBack=${this.#back}
            .onRenewed=${this.#renewed}
          ></license-renew-page>`
    }
    ${
      this.ids === null
        ? html`<license-desk-list
            exportparts="button, primary, dialog, row, status"
            ?hidden=${opening !== null}
            .session=${session}
            .types=${this.types}
            .onOpen=${this.#open}
          ></license-desk-list>`
        : nothing
    }`
  }

  get #list(): DeskList | null {
    return this.renderRoot.querySelector<DeskList>('license-desk-list')
  }

  readonly #open = (opening: Opening): void => {
    this.opening = opening
  }

  readonly #back = (): void => {
    this.opening = null
    if (this.ids !== null) this.onClose()
    void this.updateComplete.then(() => this.#list?.focus())
  }

  /** What is renewed is no longer selected; the rest waits for its turn. */
  readonly #renewed = (ids: readonly string[]): void => {
    this.#list?.deselect(ids)
    void this.refreshQuietly()
  }
}

function renewalOf(ids: readonly string[]): Opening {
  return { extension: { kind: 'renewal', ids } }
}
