import { html, type TemplateResult } from 'lit'
import type { LicenseExpiries } from '../../../server/contract/licenses.ts'
import { formatCalendarDate } from '../../state/desk/calendar-words.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { formatNumber } from '../../state/format.ts'

/** The picture's twin: the same days, every one for itself, in a table. */
export function expiryTable(
  { desk: { picture }, locale }: DeskSession,
  days: LicenseExpiries['data'],
  onDay: (date: string) => void,
): TemplateResult {
  return html`<details>
    <summary>${picture.table}</summary>
    <div class="scroll">
      <table>
        <caption class="visually-hidden">
          ${picture.title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${picture.days}</th>
            <th scope="col" class="amount">${picture.count}</th>
            <th scope="col" class="amount">${picture.units}</th>
          </tr>
        </thead>
        <tbody>
          ${days.map(
            ({ date, count, quantity }) =>
              html`<tr>
                <th scope="row">
                  <button type="button" class="button plain" @click=${() => onDay(date)}>
                    <time datetime=${date}>${formatCalendarDate(date, locale)}</time>
                  </button>
                </th>
                <td class="amount">${formatNumber(count, locale)}</td>
                <td class="amount">${formatNumber(quantity, locale)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`
}
