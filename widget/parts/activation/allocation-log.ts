import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type {
  Allocation,
  AllocationFilter,
  AllocationList,
} from '../../../server/contract/allocations.ts'
import { errorEvent } from '../../events.ts'
import {
  activationSession,
  type ActivationSession,
} from '../../state/activation/activation-session.ts'
import { PagedRows } from '../../state/activation/paged-rows.ts'
import { csvName, LicenseExport, save } from '../../state/license-export.ts'
import { formatNumber } from '../../state/format.ts'
import type { ManagerSession } from '../../state/manager-session.ts'
import { allocationStyles } from './allocation-styles.ts'
import { allocationTable } from './allocation-table.ts'
import { allocationToolbar, NO_FILTER, type LogFilter } from './allocation-toolbar.ts'
import { panelStyles } from './panel-styles.ts'
import { emptyRows, problemOf, waitingRows } from './panel-views.ts'

/** @summary The Allocation Log (S33), of all licenses or of one: filtered, paged, exported. */
export class AllocationLog extends LitElement {
  static override styles = [...panelStyles, allocationStyles]

  @property({ attribute: false }) session: ManagerSession | null = null
  /** Id; null: all of the customer's. */
  @property({ attribute: false }) license: string | null = null

  @state() private filter: LogFilter = NO_FILTER
  readonly #rows = new PagedRows<Allocation, AllocationList>(this)
  readonly #export = new LicenseExport(this)
  #shared: ActivationSession | null = null

  /** Asks again without a sign of it; a failure leaves what is shown. */
  async refreshQuietly(): Promise<void> {
    await this.#rows.reload()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session } = this
    if (session === null) return
    if (changed.has('session')) this.#shared = activationSession(session)
    const isOther = session.client !== changed.get('session')?.client
    if (changed.has('license') || (changed.has('session') && isOther)) void this.#open()
  }

  protected override render(): TemplateResult | typeof nothing {
    const session = this.#shared
    if (session === null) return nothing
    const { log } = session.activation
    return html`${this.license === null ? html`<p class="muted small">${log.text}</p>` : nothing}
    ${allocationToolbar({
      session,
      filter: this.filter,
      isBusy: this.#rows.isBusy,
      isExporting: this.#export.isRunning,
      onFilter: this.#show,
      onRefresh: () => void this.#rows.reload(),
      onExport: () => void this.#save(session),
    })}
    ${this.#renderExport(session)} ${this.#renderRows(session)}`
  }

  #renderExport(session: ActivationSession) {
    const { file, problem } = this.#export
    if (file === null) return problemOf(problem, session, () => void this.#save(session))
    const { exported, saveAgain } = session.manager.news
    return html`<p class="small muted">
      ${exported(file.name)} <a href=${file.url} download=${file.name}>${saveAgain}</a>
    </p>`
  }

  #renderRows(session: ActivationSession) {
    const { log } = session.activation
    const { rows, problem, hasMore, isBusy } = this.#rows
    const failed = problemOf(problem, session, () => void this.#rows.reload())
    if (rows === null) return problem === null ? waitingRows() : failed
    if (rows.length === 0) {
      if (this.filter === NO_FILTER) return emptyRows(log.none, log.noneText)
      const clear = html`<button type="button" class="button" @click=${() => this.#show(NO_FILTER)}>
        ${log.clear}
      </button>`
      return emptyRows(log.noMatch, log.noMatchText, clear)
    }
    return html`${failed}
      <div class="card">
        ${allocationTable({ session, rows, isBusy, hasLicense: this.license === null })}
      </div>
      <div class="row">
        <span class="muted small">${log.entries(formatNumber(rows.length, session.locale))}</span>
        ${
          hasMore
            ? html`<button type="button" class="button" @click=${() => void this.#more(session)}>
                ${log.more}
              </button>`
            : nothing
        }
      </div>`
  }

  readonly #show = (filter: LogFilter): void => {
    this.filter = filter
    void this.#open()
  }

  async #open(): Promise<void> {
    const session = this.#shared
    if (session === null) return
    const filter = this.#query
    await this.#rows.open((cursor, signal) => session.api.allocations(filter, cursor, signal))
    const { problem } = this.#rows
    if (problem !== null) this.dispatchEvent(errorEvent(problem))
    else this.#announce(session)
  }

  async #more(session: ActivationSession): Promise<void> {
    await this.#rows.more()
    this.#announce(session)
  }

  #announce(session: ActivationSession): void {
    const { rows } = this.#rows
    if (rows === null) return
    session.announce(session.activation.log.entries(formatNumber(rows.length, session.locale)))
  }

  async #save(session: ActivationSession): Promise<void> {
    const filter = this.#query
    const file = await this.#export.run(
      (signal) => session.api.allocationsCsv(filter, signal),
      csvName('allocations', this.#rows.now),
    )
    if (file === null) return
    save(file)
    session.announce(session.manager.news.exported(file.name))
  }

  get #query(): AllocationFilter {
    const { kind, from, to } = this.filter
    return {
      ...(this.license === null ? {} : { license: this.license }),
      ...(kind === 'all' ? {} : { kind }),
      ...(from === '' ? {} : { from }),
      ...(to === '' ? {} : { to }),
    }
  }
}
