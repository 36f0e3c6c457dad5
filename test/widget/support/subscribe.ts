/** Drives `<license-subscribe>` as a customer does, whatever its markup. */
import type { Order } from '../../../server/contract/orders.ts'
import type { Quote, QuoteRequest } from '../../../server/contract/quotes.ts'
import type { LicenseSubscribe } from '../../../widget/license-subscribe.ts'
import { answer, answerAlso, type Call } from './fake-center.ts'
import { catalogue, license, order, quoteFor } from './fixtures.ts'
import { eventually, find, mount, textOf } from './mount.ts'

/** The order as the center has it now; `null` before one is placed. */
let current: Order | null = null
/** What was last answered: a change that came between two polls must not wait for another one. */
let told: Order | null = null
const changes = new EventTarget()

/** A center that sells, prices, takes orders and answers long polls when the order changes. */
export function openCenter(change: Partial<Quote> = {}): void {
  current = null
  answer({
    'GET catalogue': catalogue,
    'POST quotes': ({ body }) => quoteFor(asQuoteRequest(body), change),
    'POST orders': () => (current = order({ total: change.total ?? 37_500 })),
    'POST orders/ord_1/cancel': () => setOrder({ state: 'canceled', payment_url: null }),
    'GET orders/ord_1': longPoll,
    'GET licenses/lic_1': license(),
    'GET licenses/lic_2': license({
      id: 'lic_2',
      plan: 'failback',
      plan_name: 'Failback License',
      complimentary_of: 'ord_1',
      key_last4: '7KQ2',
    }),
  })
}

export function setOrder(change: Partial<Order>): Order {
  current = { ...(current ?? order()), ...change }
  changes.dispatchEvent(new Event('change'))
  return current
}

export async function openSubscribe(attributes = ''): Promise<LicenseSubscribe> {
  sessionStorage.clear()
  const element = mount<LicenseSubscribe>(
    `<license-subscribe publishable-key="pk_test" token="t" center="https://center.test" ${attributes}></license-subscribe>`,
  )
  await eventually(() => find(element, '.subscribe'), 'the form is shown')
  return element
}

export function type(element: Element, text: string): void {
  const input = required<HTMLInputElement>(element, '#quantity')
  input.value = text
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
}

export function choose(element: Element, name: 'cycle' | 'autoRenewal', value: string): void {
  const radios = allOf<HTMLInputElement>(element, `[name=${name}]`)
  radios.find((radio) => radio.value === value)?.click()
}

export function press(element: Element, selector: string): void {
  required<HTMLElement>(element, selector).click()
}

/** Five DR licenses with auto-renewal, priced. */
export async function fillIn(element: Element): Promise<void> {
  type(element, '5')
  choose(element, 'autoRenewal', 'yes')
  await priced(element, '$375.00')
}

export async function priced(element: Element, total: string): Promise<void> {
  await eventually(
    () =>
      find(element, '[part=total]')?.textContent === total &&
      find(element, '.body')?.getAttribute('aria-busy') === 'false',
    `the price is ${total}`,
  )
}

export function dialogOf(element: Element): HTMLDialogElement | null {
  return find<HTMLDialogElement>(element, 'dialog[open]')
}

/** Pressed "Subscribe Now"; the notice is open. */
export async function order5(element: Element): Promise<HTMLDialogElement> {
  await fillIn(element)
  press(element, '.subscribe')
  return eventually(() => dialogOf(element), 'the notice is open')
}

/** Followed "Continue" without leaving the test page. */
export async function order5AndContinue(element: Element): Promise<void> {
  const dialog = await order5(element)
  // The link's own listener has run by then; only the navigation is left out.
  document.addEventListener('click', (event) => event.preventDefault(), { once: true })
  press(dialog, 'a')
  await eventually(() => textOf(element).includes('Waiting for your payment'))
}

export async function says(element: Element, sentence: string): Promise<void> {
  await eventually(() => textOf(element).includes(sentence), `it says “${sentence}”`)
}

export function hasFocus(element: Element): boolean {
  const root = element.getRootNode()
  return root instanceof ShadowRoot && root.activeElement === element
}

export function required<T extends Element>(root: Element, selector: string): T {
  const found = find<T>(root, selector)
  if (found === null) throw new Error(`there is no ${selector}`)
  return found
}

export function allOf<T extends Element>(root: Element | ShadowRoot, selector: string): T[] {
  const scope = ('shadowRoot' in root ? root.shadowRoot : null) ?? root
  const inner = [...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
    shadowRoot === null ? [] : allOf<T>(shadowRoot, selector),
  )
  return [...scope.querySelectorAll<T>(selector), ...inner]
}

/** Answers at once what was not told yet, or on change when asked to wait. */
async function longPoll({ path, signal }: Call): Promise<Order> {
  const isOpen = current?.state === 'pending' || current?.state === 'processing'
  if (path.includes('wait=') && isOpen && current === told) {
    await new Promise((resolve) => {
      changes.addEventListener('change', resolve, { once: true })
      signal?.addEventListener('abort', resolve)
    })
  }
  told = current
  return current ?? order()
}

/** The client builds it; the tests of the request look at its members. */
function asQuoteRequest(body: unknown): QuoteRequest {
  return body as QuoteRequest
}

export { answerAlso }
