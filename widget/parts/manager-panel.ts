import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { Catalogue } from '../../server/contract/catalogue.ts'
import type { License } from '../../server/contract/licenses.ts'
import { ApiProblem } from '../api/problem.ts'
import { errorEvent, LicenseEvent } from '../events.ts'
import type { ManagerMessages } from '../i18n/manager-en.ts'
import { CatalogueSource } from '../state/catalogue-source.ts'
import { LicenseArrivals } from '../state/license-arrivals.ts'
import { grantType, shownType, typeName, typesOf } from '../state/license-types.ts'
import { loadManagerWords, type ManagerSession } from '../state/manager-session.ts'
import { orderMemory, recallOrder } from '../state/open-order.ts'
import type { Session } from '../state/session.ts'
import { allocationsView, deskView, type LateView, type LicenseTab } from './late-view.ts'
import type { LicenseListPart } from './license-list.ts'
import { anonymousView } from './license-views.ts'
import { managerHeader } from './manager-header.ts'
import { catalogueNotice, managerNotices, mistakeInType } from './manager-notices.ts'
import { MANAGER_PARTS } from './manager-parts.ts'
import type { MakeEntry, ManagerSheets } from './manager-sheets.ts'
import { LiveRefresh } from './live-refresh.ts'
import { managerPanelParts } from './manager-panel-styles.ts'
import { managerSkeleton } from './manager-skeleton.ts'
import { LOG_TAB, managerTabs } from './manager-tabs.ts'

export type ManagerView = 'licenses' | 'renewals' | 'allocations'

/** @summary Everything inside `<license-manager>`; loaded when the first one is connected. */
export class ManagerPanel extends LitElement {
  static readonly parts = MANAGER_PARTS
  static override styles = managerPanelParts

  @property({ attribute: false }) session: Session | null = null
  @property() view: ManagerView = 'licenses'
  @property({ attribute: false }) renewOnly = false
  @property({ attribute: false }) entry: MakeEntry = () => html``

  /** The tab that the customer chose; null: none yet. */
  @state() private chosenType: string | null = null
  /** The Allocation Log stands in the place of the list. */
  @state() private isLog = false
  /** What the list is to renew; null: nothing. */
  @state() private renewing: readonly string[] | null = null
  @state() private words: ManagerMessages | null = null
  @state() private said = ''

  #shared: ManagerSession | null = null
  readonly #arrivals = new LicenseArrivals(this)
  readonly #catalogue = new CatalogueSource(this, {
    onCatalogue: (catalogue) => this.#announceReady(catalogue),
    onProblem: (problem) => this.dispatchEvent(errorEvent(problem)),
  })

  constructor() {
    super()
    new LiveRefresh(this, {
      refresh: () => this.#refreshQuietly(),
      purchased: (licenseIds) => void this.#welcome(licenseIds),
    })
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, words } = this
    if (session === null) return
    if (changed.has('session')) this.#follow(session, changed.get('session') ?? null)
    const isSame = !changed.has('session') && !changed.has('renewOnly')
    if (words === null || (isSame && words === this.#shared?.manager)) return
    const refresh = () => this.#refreshQuietly()
    const own = { manager: words, isRenewOnly: this.renewOnly, announce: this.#announce, refresh }
    this.#shared = { ...session, ...own }
  }

  #follow(session: Session, before: Session | null): void {
    this.#catalogue.follow(session.client)
    if (before?.words !== session.words) void this.#loadWords(session)
    if (before?.type !== session.type) this.chosenType = null
    // A reload interrupted the payment of a renewal.
    const isUnpaid = recallOrder(orderMemory(session.publishableKey, 'renewal')) !== null
    if (before === null && isUnpaid && this.view === 'licenses') this.renewing = []
  }

  protected override render(): TemplateResult {
    const session = this.#shared
    return html`${session === null ? managerSkeleton() : this.#renderPanel(session)}
      <p class="visually-hidden" role="status">${this.said}</p>`
  }

  #renderPanel(session: ManagerSession): TemplateResult {
    return html`<div class="panel" part="panel">
        ${managerHeader({
          session,
          isSandbox: this.#catalogue.catalogue?.sandbox ?? false,
          onAdd: this.#add,
          onManage: () => void this.#sheets?.openSubscriptions(),
          onCode: () => void this.#sheets?.openRedeem(),
        })}
        ${
          session.isAnonymous
            ? html`<div class="card">${anonymousView(session)}</div>`
            : this.#renderContent(session)
        }
      </div>
      <license-manager-sheets
        exportparts="dialog"
        .session=${session}
        .entry=${this.entry}
        .onEntry=${this.#entryChanged}
        .onRedeemed=${this.#redeemed}
        .grantType=${grantType(this.#catalogue.catalogue?.plans ?? [])}
      ></license-manager-sheets>`
  }

  #renderContent(session: ManagerSession): TemplateResult {
    const { problem } = this.#catalogue
    const plans = this.#catalogue.catalogue?.plans ?? null
    if (plans === null && problem === null) return managerSkeleton()
    const types = typesOf(plans ?? [])
    if (plans !== null && session.type !== null && !types.includes(session.type)) {
      return mistakeInType(session, session.type, types)
    }
    if (this.view === 'renewals' || this.renewing !== null) {
      return deskView({
        session,
        plans: plans ?? [],
        ids: this.renewing,
        onClose: () => this.#renew(null),
      })
    }
    if (this.view === 'allocations') return allocationsView(session)
    const type = this.#typeOf(types)
    const hasTabs = type !== null && types.length > (session.isRenewOnly ? 1 : 0)
    const chosen = this.isLog ? LOG_TAB : type
    const tabs = { session, plans: plans ?? [], arrivals: this.#arrivals, choose: this.#select }
    return html`${catalogueNotice(session, this.#catalogue)}
      ${hasTabs && chosen !== null ? managerTabs({ ...tabs, chosen }) : nothing}
      ${this.isLog ? nothing : this.#renderNotices(session, type, types)}
      <div
        id="list"
        role=${hasTabs ? 'tabpanel' : nothing}
        aria-labelledby=${hasTabs ? `tab-${chosen}` : nothing}
      >
        ${this.isLog ? allocationsView(session) : this.#renderList(session, type, types)}
      </div>`
  }

  #renderList(session: ManagerSession, type: string | null, types: readonly string[]) {
    const plans = this.#catalogue.catalogue?.plans ?? []
    return html`<license-list
      exportparts="button, row, status"
      .session=${session}
      .type=${types.length === 1 ? null : type}
      .noun=${type === null ? null : typeName(type, plans, session.manager)}
      .onAdd=${this.#add}
      .onDetails=${this.#showDetails}
      .onRenew=${this.#renew}
      .onLoaded=${this.#loaded}
    ></license-list>`
  }

  #renderNotices(session: ManagerSession, type: string | null, types: readonly string[]) {
    const unused = this.#list?.unusedSoon ?? null
    const isElsewhere = unused !== null && unused.type !== type && types.includes(unused.type)
    return managerNotices(session, {
      isUnfinished: !this.#sheets?.isEntryOpen && recallOrder(session.publishableKey) !== null,
      onContinue: this.#add,
      arrived: this.#arrivals.of(types.length > 1 ? type : null).length,
      onArrived: () => void this.#list?.showNewest(),
      unused,
      onUnused: isElsewhere ? () => this.#select(unused.type) : null,
    })
  }

  get #list(): LicenseListPart | null {
    return this.renderRoot.querySelector<LicenseListPart>('license-list')
  }

  get #late(): LateView | null {
    return this.renderRoot.querySelector<LateView>('license-late-view')
  }

  get #sheets(): ManagerSheets | null {
    return this.renderRoot.querySelector<ManagerSheets>('license-manager-sheets')
  }

  #typeOf(types: readonly string[]): string | null {
    return shownType(types, this.chosenType ?? this.session?.type ?? null)
  }

  readonly #select = (type: string): void => {
    this.isLog = type === LOG_TAB
    if (this.isLog) return
    this.chosenType = type
    this.#list?.mark(this.#arrivals.of(type).map(({ id }) => id))
  }

  /** Reads what was bought, and shows it where the customer looks. */
  async #welcome(licenseIds: readonly string[]): Promise<void> {
    const session = this.#shared
    if (session === null || session.isAnonymous) return
    this.#list?.mark(licenseIds)
    await this.#list?.refreshQuietly()
    const added = await this.#arrivals.add(session.client, licenseIds)
    if (added.length === 0) return
    this.#announce(session.manager.news.added(String(added.length)))
    this.#loaded()
  }

  readonly #loaded = (): void => {
    const shown = this.#arrivals.of(null).filter(({ id }) => this.#list?.isShowing(id))
    this.requestUpdate()
    if (shown.length > 0) this.#arrivals.seen(shown.map(({ id }) => id))
  }

  #refreshQuietly(): void {
    void this.#list?.refreshQuietly()
    void this.#late?.refreshQuietly()
  }

  readonly #renew = (ids: readonly string[] | null): void => {
    this.renewing = ids
  }

  readonly #add = (): void => {
    const types = typesOf(this.#catalogue.catalogue?.plans ?? [])
    void this.#sheets?.openEntry(this.#typeOf(types))
  }

  readonly #redeemed = (ids: readonly string[]): void => void this.#welcome(ids)

  readonly #entryChanged = (): void => this.requestUpdate()

  readonly #showDetails = (license: License, now: string, tab: LicenseTab): void => {
    void this.#sheets?.openDetails({ license, now, tab })
  }

  #announceReady({ product, sandbox, plans }: Catalogue): void {
    this.dispatchEvent(new LicenseEvent('license-ready', { product: product.id, sandbox }))
    const wanted = this.session?.type ?? null
    if (wanted === null || typesOf(plans).includes(wanted)) return
    this.dispatchEvent(errorEvent(new ApiProblem({ code: 'config', detail: `type: ${wanted}` })))
  }

  async #loadWords({ words: { $code } }: Session): Promise<void> {
    const words = await loadManagerWords($code)
    if (this.session?.words.$code === $code) this.words = words
  }

  readonly #announce = (text: string): void => void (this.said = text)
}
