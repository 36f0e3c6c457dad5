/** Opens the renewal desk over a center with licenses to renew, and reads what a customer sees. */
// Loaded beforehand, so that the first test does not wait for it.
import '../../../widget/parts/desk/renewal-desk.ts'
import type { License } from '../../../server/contract/licenses.ts'
import type { LicenseManager } from '../../../widget/license-manager.ts'
import type { QuoteRequest } from '../../../server/contract/quotes.ts'
import { callsTo } from './fake-center.ts'
import { eventually, find, textOf } from './mount.ts'
import { addManager, buttonSaying, findAll, required } from './open-manager.ts'
import { openRenewals, renewables } from './renewals.ts'

export async function openDesk(
  licenses: readonly License[] = renewables(12),
  attributes = '',
  more: Parameters<typeof openRenewals>[1] = {},
): Promise<LicenseManager> {
  sessionStorage.clear()
  openRenewals(licenses, more)
  const manager = addManager(`view="renewals" ${attributes}`)
  await eventually(() => find(manager, 'license-desk-list'), 'the desk is there')
  await eventually(() => find(manager, 'tbody tr:not(.waiting)') || find(manager, '.placeholder'))
  return manager
}

export function boxOf(manager: Element, id: string): HTMLInputElement {
  return required<HTMLInputElement>(manager, `input[aria-label="Select ${id}"]`)
}

export function pageBoxOf(manager: Element): HTMLInputElement {
  return required<HTMLInputElement>(manager, 'thead input[type=checkbox]')
}

/** Presses what the customer sees; else the entry of a menu, opened or not. */
export function press(manager: Element, text: string): void {
  const all = findAll(manager, 'button, a').filter(
    // Of two bars, the one behind is inert.
    (one) => (textOf(one) === text || one.ariaLabel === text) && one.closest('[inert]') === null,
  )
  const found = all.find((one) => one.checkVisibility()) ?? all[0]
  if (found === undefined) throw new Error(`no button says ${text}`)
  found.click()
}

/** The rows of the list; the picture has a table of its own. */
export function deskRows(manager: Element): HTMLElement[] {
  return findAll(manager, 'tr[part=row]')
}

/** The Renew page with its price. */
export async function priced(manager: Element, total: string): Promise<void> {
  await eventually(
    () =>
      find(manager, '[part=total]')?.textContent === total &&
      find(manager, '.summary')?.getAttribute('aria-busy') === 'false',
    `the price is ${total}`,
  )
}

export function lastQuoteRequest(): QuoteRequest {
  const { body } = callsTo('POST quotes').at(-1) ?? {}
  return body as QuoteRequest
}

export { buttonSaying }
