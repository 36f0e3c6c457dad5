import { html, nothing, type TemplateResult } from 'lit'
import type { RenewalDay } from '../../api/renewal-client.ts'
import { type DurationChoice, durationKey } from '../../state/desk/durations.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { linesOf, type Terms } from '../../state/desk/renewal-request.ts'
import type { RenewalSaleView } from '../../state/desk/renewal-sale.ts'
import { formatDate, formatNumber } from '../../state/format.ts'
import { knownZone } from '../../state/relative-time.ts'
import { parseQuantity } from '../../state/selection.ts'
import { selectField, valueOf } from '../license-toolbar.ts'

interface RenewForm {
  readonly session: DeskSession
  readonly view: RenewalSaleView
  readonly isChoosingDay: boolean
  readonly onTerms: (terms: Partial<Terms>) => void
  readonly onUnits: (quantity: number) => void
  readonly onChangeDay: () => void
  readonly onDay: (day: RenewalDay) => void
}

/** 1 … 28, and the last of any month (S51). */
const DAYS: readonly RenewalDay[] = [...Array.from({ length: 28 }, (_, n) => n + 1), 'last']

/** How long, and until which day (S39). */
export function renewForm(form: RenewForm): TemplateResult | typeof nothing {
  const { view, session } = form
  switch (view.extension.kind) {
    case 'renewal':
      return html`<div class="card form">${durationField(form)} ${alignField(form)}</div>`
    case 'add_units':
      return html`<div class="card form">${unitsField(form, view.extension.quantity)}</div>`
    case 'upgrade':
      return html`<p class="muted">${planNames(view, session)}</p>`
  }
}

function durationField({ session, view, onTerms }: RenewForm): TemplateResult {
  const { page } = session.desk
  const chosen = durationKey(view.terms.duration)
  const words = ({ unit, count }: DurationChoice) =>
    page.each[unit](formatNumber(count, session.locale))
  return html`<div class="field">
    <span class="label" id="duration">${page.duration}</span>
    ${
      view.durations.length === 0
        ? html`<div class="skeleton line" aria-hidden="true"></div>`
        : selectField(
            page.duration,
            view.durations.map((choice) => ({
              value: durationKey(choice.duration),
              text: words(choice),
            })),
            chosen,
            (value) => {
              const choice = view.durations.find((one) => durationKey(one.duration) === value)
              if (choice !== undefined) onTerms({ duration: choice.duration })
            },
          )
    }
  </div>`
}

function alignField(form: RenewForm): TemplateResult {
  const { session, view, isChoosingDay, onTerms, onChangeDay } = form
  const { page } = session.desk
  const { terms } = view
  const day = terms.day ?? view.day
  return html`<div class="field">
    <label class="check">
      <input
        type="checkbox"
        .checked=${terms.isAligned}
        @change=${() => onTerms({ isAligned: !terms.isAligned })}
      />
      <span>
        <strong>${page.align}</strong>
        ${day === null ? nothing : html`<span class="hint">${page.alignHint(dayWords(day, session))}</span>`}
      </span>
    </label>
    ${
      isChoosingDay
        ? dayField(form)
        : html`<button type="button" class="button plain change" @click=${onChangeDay}>
            ${page.changeDay}
          </button>`
    }
  </div>`
}

function dayField({ session, view, onDay }: RenewForm): TemplateResult {
  const { page } = session.desk
  const options = DAYS.map((day) => ({
    value: String(day),
    text: day === 'last' ? page.lastOption : page.dayOption(formatNumber(day, session.locale)),
  }))
  return html`<label class="day">
    <span class="label">${page.day}</span>
    ${selectField(page.day, options, String(view.terms.day ?? view.day ?? 1), (value) => {
      const day = DAYS.find((known) => String(known) === value)
      if (day !== undefined) onDay(day)
    })}
    ${
      view.terms.day === null || session.isRenewOnly
        ? nothing
        : html`<span class="hint">${page.dayKept}</span>`
    }
  </label>`
}

function unitsField({ session, view, onUnits }: RenewForm, quantity: number): TemplateResult {
  const { page } = session.desk
  const [line] = view.quote === null ? [] : linesOf(view.quote)
  const zone = knownZone(view.quote?.time_zone ?? 'UTC')
  return html`<label class="field units">
    <span class="label">${page.units}</span>
    <input
      class="input"
      inputmode="numeric"
      autocomplete="off"
      .value=${String(quantity)}
      @change=${(event: Event) => {
        const wanted = parseQuantity(valueOf(event), session.locale)
        if (wanted !== null && wanted > 0) onUnits(wanted)
      }}
    />
    ${
      line === undefined
        ? nothing
        : html`<span class="hint">
            ${page.unitsHint(formatDate(line.ends_at, session.locale, zone))}
          </span>`
    }
  </label>`
}

/** `day 15 of the month`, `the last day of the month` */
export function dayWords(day: RenewalDay, { desk: { page }, locale }: DeskSession): string {
  return day === 'last' ? page.lastDay : page.dayOf(formatNumber(day, locale))
}

function planNames({ catalogue, quote }: RenewalSaleView, { desk }: DeskSession): string {
  const [line] = quote === null ? [] : linesOf(quote)
  const nameOf = (id: string) => catalogue?.plans.find((plan) => plan.id === id)?.name ?? id
  return line === undefined ? '' : desk.page.fromTo(nameOf(line.plan_before), nameOf(line.plan))
}
