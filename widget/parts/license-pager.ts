import { css, html, type TemplateResult } from 'lit'
import { formatNumber } from '../state/format.ts'
import { PAGE_SIZES } from '../state/license-query.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { managerIcon } from './manager-icons.ts'

export interface LicensePager {
  readonly session: ManagerSession
  readonly from: number
  readonly to: number
  readonly count: number
  readonly pageSize: number
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  readonly onPrevious: () => void
  readonly onNext: () => void
  readonly onPageSize: (pageSize: number) => void
}

export function licensePager(pager: LicensePager): TemplateResult {
  const { session, pageSize, hasPrevious, hasNext, onPrevious, onNext, onPageSize } = pager
  const { paging } = session.manager
  const choose = ({ target }: Event) =>
    target instanceof HTMLSelectElement && onPageSize(Number(target.value))
  return html`<nav class="pager" aria-label=${paging.label}>
    <p class="number">${rangeText(pager)}</p>
    <label>
      <span>${paging.perPage}</span>
      <select class="input" @change=${choose}>
        ${PAGE_SIZES.map(
          (size) =>
            html`<option value=${size} ?selected=${size === pageSize}>
              ${formatNumber(size, session.locale)}
            </option>`,
        )}
      </select>
    </label>
    <span class="turn">
      ${turnButton('previous', paging.previous, hasPrevious, onPrevious)}
      ${turnButton('next', paging.next, hasNext, onNext)}
    </span>
  </nav>`
}

/** `Showing 1–20 of 148` */
export function rangeText({ session, from, to, count }: LicensePager): string {
  const [first = '', last = '', all = ''] = [from, to, count].map((value) =>
    formatNumber(value, session.locale),
  )
  return session.manager.paging.showing(first, last, all)
}

/** Stays focusable at the end of the list, so that the focus is not lost there. */
function turnButton(
  name: 'previous' | 'next',
  label: string,
  isPossible: boolean,
  turn: () => void,
): TemplateResult {
  return html`<button
    type="button"
    class="button"
    aria-label=${label}
    title=${label}
    aria-disabled=${!isPossible}
    @click=${() => isPossible && turn()}
  >
    ${managerIcon(name)}
  </button>`
}

export const licensePagerStyles = css`
  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: calc(var(--_step) * 2) calc(var(--_step) * 5);
    padding: calc(var(--_step) * 2) calc(var(--_step) * 4);
    border-block-start: 1px solid var(--_line);
    font-size: 0.933em;
    color: var(--_muted);
  }
  .pager p {
    margin-inline-end: auto;
  }
  .pager label {
    display: flex;
    align-items: center;
    gap: calc(var(--_step) * 2);
  }
  .pager select {
    inline-size: auto;
    min-block-size: 36px;
    padding-block: 0;
    color: var(--_text);
  }
  .turn {
    display: flex;
    gap: calc(var(--_step) * 1);
  }
  .turn .button {
    min-block-size: 36px;
    inline-size: 36px;
    padding: 0;
  }
  .turn .icon:dir(rtl) {
    scale: -1 1;
  }
`
