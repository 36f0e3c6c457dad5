import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { LicenseExpiries } from '../../../server/contract/licenses.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import type { ExpiryWindow } from '../../state/desk/desk-query.ts'
import {
  dayBefore,
  endOfMonth,
  type ExpiryMark,
  type ExpiryMonth,
  expiryMonths,
} from '../../state/desk/expiry-months.ts'
import { formatCalendarDate, formatMonth } from '../../state/desk/calendar-words.ts'
import { formatNumber } from '../../state/format.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { surfaces } from '../../styles/surfaces.ts'
import { expiryTable } from './expiry-table.ts'
import { timelineStyles } from './timeline-styles.ts'

/**
 * The next twelve months with a mark for each day on which something expires. One stop for Tab;
 * arrows, Home and End move, Enter chooses. The table below it says the same.
 *
 * @summary The expiry timeline.
 */
export class ExpiryTimeline extends LitElement {
  static override styles = [base, controls, surfaces, timelineStyles]

  @property({ attribute: false }) session: DeskSession | null = null
  /** Null while it loads. */
  @property({ attribute: false }) expiries: LicenseExpiries | null = null
  /** What the list shows. */
  @property({ attribute: false }) window: ExpiryWindow | null = null
  @property({ attribute: false }) onWindow: (window: ExpiryWindow | null) => void = () => {}

  /** Date of the mark that Tab reaches. */
  @state() private current = ''

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('expiries')) return
    const dates = this.#marks.map(({ date }) => date)
    if (!dates.includes(this.current)) this.current = dates[0] ?? ''
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, expiries } = this
    if (session === null) return nothing
    const { picture } = session.desk
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h3 id="title">${picture.title}</h3>
        ${expiries === null || expiries.data.length === 0 ? nothing : legend(session)}
        <span class="gap"></span>
        ${
          this.window === null
            ? nothing
            : html`<button type="button" class="button plain" @click=${() => this.onWindow(null)}>
                ${picture.showAll}
              </button>`
        }
      </div>
      ${
        expiries === null
          ? html`<div class="skeleton" aria-hidden="true"></div>`
          : this.#renderPicture(session, expiries)
      }
    </section>`
  }

  #renderPicture(session: DeskSession, { data }: LicenseExpiries): TemplateResult {
    const { picture } = session.desk
    const months = this.#months
    return html`<p class="visually-hidden" id="hint">${picture.hint}</p>
      <div
        class="months"
        role="group"
        aria-labelledby="title"
        aria-describedby="hint"
        @keydown=${this.#move}
      >
        ${months.map((month) => this.#month(month, session))}
      </div>
      ${
        data.length === 0
          ? html`<p class="muted small">${picture.none}</p>`
          : expiryTable(session, data, (date) => this.#choose({ from: date, to: date }))
      }`
  }

  #month(month: ExpiryMonth, session: DeskSession): TemplateResult {
    const { date, marks, lanes, today, count } = month
    return html`<div class="month">
      <div class="lanes l${Math.min(lanes, 4)}">
        ${
          today === null
            ? nothing
            : html`<span class="today d${today}">
                <span class="small">${session.desk.picture.today}</span>
              </span>`
        }
        ${marks.map((mark) => this.#mark(mark, session))}
      </div>
      <button
        type="button"
        class="name"
        tabindex="-1"
        aria-hidden="true"
        ?disabled=${count === 0}
        @click=${() => this.#choose({ from: date, to: endOfMonth(date) })}
      >
        ${formatMonth(date, session.locale)}
      </button>
    </div>`
  }

  #mark(mark: ExpiryMark, session: DeskSession): TemplateResult {
    const { date, until, count, quantity, day, lane, size, isSoon } = mark
    const isChosen = this.window !== null && this.window.from <= date && until <= this.window.to
    const number = (value: number) => formatNumber(value, session.locale)
    const label = session.desk.picture.mark(
      rangeWords(date, until, session),
      number(count),
      number(quantity),
    )
    return html`<button
      type="button"
      class="mark d${day} lane${Math.min(lane, 3)} s${size} ${isSoon ? 'soon' : ''}"
      data-date=${date}
      tabindex=${date === this.current ? 0 : -1}
      aria-label=${label}
      aria-pressed=${isChosen}
      title=${label}
      @focus=${() => (this.current = date)}
      @click=${() => this.#choose({ from: date, to: until })}
    >
      <span class="shape"><span class="count">${compact(count, session.locale)}</span></span>
    </button>`
  }

  get #months(): readonly ExpiryMonth[] {
    if (this.expiries === null) return []
    const { data, from, to } = this.expiries
    return expiryMonths(data, from, dayBefore(to))
  }

  get #marks(): readonly ExpiryMark[] {
    return this.#months.flatMap(({ marks }) => marks)
  }

  /** The same again shows everything. */
  #choose(window: ExpiryWindow): void {
    const isSame = this.window?.from === window.from && this.window.to === window.to
    this.onWindow(isSame ? null : window)
  }

  readonly #move = (event: KeyboardEvent): void => {
    const dates = this.#marks.map(({ date }) => date)
    const at = dates.indexOf(this.current)
    const isMirrored = getComputedStyle(this).direction === 'rtl'
    const step = { ArrowRight: isMirrored ? -1 : 1, ArrowLeft: isMirrored ? 1 : -1 }[event.key]
    const to = step === undefined ? { Home: 0, End: dates.length - 1 }[event.key] : at + step
    const date = to === undefined ? undefined : dates[to]
    if (date === undefined) return
    event.preventDefault()
    this.current = date
    this.renderRoot.querySelector<HTMLElement>(`[data-date='${date}']`)?.focus()
  }
}

function legend({ desk: { picture } }: DeskSession): TemplateResult {
  return html`<p class="legend small muted" aria-hidden="true">
    <span class="key soon"><span class="shape"></span>${picture.soon}</span>
    <span class="key"><span class="shape"></span>${picture.later}</span>
  </p>`
}

function rangeWords(date: string, until: string, { desk, locale }: DeskSession): string {
  const from = formatCalendarDate(date, locale)
  if (date === until) return from
  return desk.picture.range(from, formatCalendarDate(until, locale))
}

/** 1,234 → 1.2K, so that it fits the mark. */
function compact(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: 'compact' }).format(count)
}
