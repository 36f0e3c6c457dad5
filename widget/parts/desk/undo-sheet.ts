import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { License } from '../../../server/contract/licenses.ts'
import type { Order } from '../../../server/contract/orders.ts'
import { formatMoney } from '../../../server/domain/money.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { undoMessages, type UndoMessages } from '../../i18n/desk-undo.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { surfaces } from '../../styles/surfaces.ts'
import type { LicenseSheet } from '../license-sheet.ts'
import { problemNotice } from '../problem-notice.ts'
import { modeSheetStyles } from './mode-sheet-styles.ts'

/**
 * A charge that was made ahead can be undone until its time begins (section 4): first what is given
 * back and what becomes of each license, then one button.
 *
 * @summary Takes back a renewal that has not begun.
 */
export class UndoSheet extends LitElement {
  static override styles = [base, controls, surfaces, modeSheetStyles]

  @property({ attribute: false }) session: DeskSession | null = null
  @property({ attribute: false }) onUndone: () => void = () => {}

  @state() private license: License | null = null
  @state() private order: Order | null = null
  @state() private problem: ApiProblem | null = null
  @state() private isBusy = false

  async open(license: License): Promise<void> {
    this.license = license
    this.order = null
    await this.updateComplete
    this.renderRoot.querySelector<LicenseSheet>('license-sheet')?.show()
    await this.#load()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, license, order, problem } = this
    if (session === null) return nothing
    const words = undoMessages(session.words.$code)
    const retry = () => void this.#load()
    return html`<license-sheet
      exportparts="dialog"
      .heading=${words.action}
      .closeLabel=${session.words.common.close}
    >
      <div class="terms">
        ${problem === null ? nothing : problemNotice({ problem, words: session.words, retry })}
        ${
          order !== null && license !== null
            ? this.#renderOrder(session, words, license, order)
            : problem === null
              ? html`<div class="skeleton line" aria-hidden="true"></div>`
              : nothing
        }
      </div>
    </license-sheet>`
  }

  #renderOrder(
    session: DeskSession,
    words: UndoMessages,
    license: License,
    order: Order,
  ): TemplateResult {
    const money = (amount: number) => formatMoney(amount, order.currency, session.locale)
    const { reason, by } = order.refundable
    const isTheirs = reason === null && by === 'customer'
    return html`<table>
        <tbody>
          ${order.lines.map(
            (line) =>
              html`<tr>
                <td>
                  <span class="mono">…${(line.license_id ?? '').slice(-8)}</span>
                  <span class="under">${line.explain}</span>
                </td>
                <td class="amount">${money(line.amount)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${
        isTheirs
          ? this.#renderConfirm(session, words, license, order)
          : html`<p>${reason ?? words.byOperator}</p>
              <a class="button" target="_blank" rel="noopener" href=${order.support_url}
                >${words.support}
                <span class="visually-hidden">${session.words.common.opensNewTab}</span></a
              >`
      }`
  }

  #renderConfirm(
    session: DeskSession,
    words: UndoMessages,
    license: License,
    { lines, currency, refundable }: Order,
  ): TemplateResult {
    const amount = formatMoney(refundable.amount, currency, session.locale)
    const endsAt = license.renewal?.undo?.ends_at ?? license.expires_at
    const day = formatDate(endsAt, session.locale, knownZone(license.time_zone))
    return html`<p><strong>${words.text(amount)}</strong></p>
      <p>
        ${
          lines.length > 1 ? words.all(formatNumber(lines.length, session.locale)) : words.ends(day)
        }
        ${license.renewal_mode === 'auto' ? words.byHand : nothing}
      </p>
      <button
        type="button"
        class="button primary large"
        part="button primary"
        aria-disabled=${this.isBusy}
        @click=${this.#undo}
      >
        ${words.confirm(amount)}
      </button>`
  }

  async #load(): Promise<void> {
    const id = this.license?.renewal?.undo?.order_id
    if (this.session === null || id === undefined) return
    this.problem = null
    try {
      this.order = await this.session.client.order(id)
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  readonly #undo = async (): Promise<void> => {
    const { session, order } = this
    if (session === null || order === null || this.isBusy) return
    this.isBusy = true
    this.problem = null
    try {
      await session.renewals.undo(order.id)
      const { amount } = order.refundable
      const money = formatMoney(amount, order.currency, session.locale)
      session.announce(undoMessages(session.words.$code).done(money))
      this.renderRoot.querySelector<LicenseSheet>('license-sheet')?.close()
      this.onUndone()
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isBusy = false
  }
}
