import type { License } from '../../server/contract/licenses.ts'
import type { Order } from '../../server/contract/orders.ts'
import type { Quote } from '../../server/contract/quotes.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import {
  type FlowEvent,
  isPossible,
  isSettled,
  isWatched,
  newsOf,
  nextStep,
} from './checkout-flow.ts'
import type { CheckoutHost } from './checkout-host.ts'
import { forgetOrder, orderMemory, recallOrder, rememberOrder } from './open-order.ts'
import { OrderWatch } from './order-watch.ts'
import { readableLicenses } from './readable-licenses.ts'
import { paidBy, type Sale } from './sale.ts'
import type { Session } from './session.ts'
import type { Step } from './step.ts'

export interface CheckoutView {
  readonly step: Step
  readonly order: Order | null
  /** Licenses of the issued order; empty until they are read. */
  readonly licenses: readonly License[]
  readonly problem: ApiProblem | null
  /** The customer asked for the status and nothing had arrived. */
  readonly hasChecked: boolean
}

const START: CheckoutView = {
  step: 'editing',
  order: null,
  licenses: [],
  problem: null,
  hasChecked: false,
}

/** One order, from the form to the license. DOM-free; the element shows `view` and `sale`. */
export class Checkout {
  readonly sale: Sale
  readonly #session: () => Session
  readonly #host: CheckoutHost
  #view = START
  #watch: OrderWatch | null = null
  #running = new AbortController()
  /** The failure that the customer answered by paying again; not told a second time. */
  #answered: string | null = null

  constructor(sale: Sale, session: () => Session, host: CheckoutHost) {
    this.sale = sale
    this.#session = session
    this.#host = host
  }

  get view(): CheckoutView {
    return this.#view
  }

  /** Takes up an order that a reload interrupted. */
  start(): void {
    this.stop()
    this.#running = new AbortController()
    const orderId = this.#view.order?.id ?? recallOrder(this.#memory)
    if (orderId === null) return
    this.#send('resume')
    if (isWatched(this.#view.step)) this.#follow(orderId)
  }

  /** Ends every request and timer; `start` goes on where it was (W6). */
  stop(): void {
    this.#running.abort()
    this.#unfollow()
  }

  /** "Subscribe Now": quote → order → payment session, and then the question (S13, S14). */
  async submit(): Promise<void> {
    const quote = this.sale.check()
    if (quote === null) return
    if (!isPossible(this.#view.step, 'submit')) return
    if (!this.#isAllowed(quote)) return
    this.#send('submit', { problem: null, order: null })
    await this.#order(await this.sale.settle(false), true)
  }

  /** The link to the payment page was followed. */
  opened(): void {
    const { order } = this.#view
    if (order === null) return
    this.#answered = failureOf(order)
    this.#host.emit('license-payment-open', { orderId: order.id })
    this.#send('continue')
  }

  async cancel(): Promise<void> {
    const { order, step } = this.#view
    if (order === null || !isPossible(step, 'cancel')) return
    this.#send('cancel', { problem: null })
    const { signal } = this.#running
    try {
      const canceled = await this.#session().client.cancelOrder(order.id, signal)
      if (!signal.aborted) this.#learn(canceled)
    } catch (thrown) {
      this.#send('cancelFailed', signal.aborted ? {} : { problem: asProblem(thrown) })
      if (!signal.aborted) this.nudge()
    }
  }

  /** "I have paid – check now". */
  checkNow(): void {
    this.#change({ hasChecked: true, problem: null })
    this.nudge()
  }

  /** Looks at the order at once; a hint, wherever it came from, is never believed by itself. */
  nudge(): void {
    const { order, step } = this.#view
    if (this.#watch !== null) this.#watch.nudge()
    else if (order !== null && isWatched(step)) this.#follow(order.id)
  }

  /** Back to the form, with its values, at the current price. */
  startAgain(): void {
    this.#unfollow()
    forgetOrder(this.#memory)
    this.#send('startAgain', { ...START, step: this.#view.step })
    this.sale.reset()
  }

  /** A renewal and a purchase may wait for their payments side by side. */
  get #memory(): string {
    return orderMemory(this.#session().publishableKey, this.sale.kind)
  }

  #isAllowed({ total: totalMinor, currency, lines }: Quote): boolean {
    const { plan = '', quantity = 0 } = lines[0] ?? {}
    const licenseIds = lines.flatMap(({ license_id }) => license_id ?? [])
    const detail = { plan, quantity, totalMinor, currency, licenseIds }
    return this.#host.emit('license-checkout-request', detail)
  }

  /** @param mayRequote the server may say once that the quote is outdated */
  async #order(quote: Quote | null, mayRequote: boolean): Promise<void> {
    if (quote === null) return this.#send('refused')
    const { client, locale, homeUrl } = this.#session()
    const { signal } = this.#running
    try {
      const order = await client.placeOrder(
        {
          quote_id: quote.id,
          notices_version: quote.notices.version,
          locale,
          return_url: homeUrl,
          ...paidBy(this.sale),
        },
        signal,
      )
      rememberOrder(this.#memory, order.id)
      if (signal.aborted) return
      this.#learn(order)
      this.#follow(order.id)
    } catch (thrown) {
      if (signal.aborted) return this.#send('refused')
      const problem = asProblem(thrown)
      const isOld = problem.code === 'quote.expired' || problem.code === 'notices.changed'
      if (isOld && mayRequote) return this.#order(await this.sale.settle(true), false)
      // What has changed is listed; the customer decides again, whatever the new price.
      if (problem.code === 'quote.outdated') await this.sale.settle(true)
      this.#send('refused', { problem })
      this.#host.failed(problem)
    }
  }

  #follow(orderId: string): void {
    this.#unfollow()
    this.#watch = new OrderWatch({
      client: this.#session().client,
      orderId,
      onOrder: (order) => this.#learn(order),
      onProblem: (problem) => this.#lost(problem),
    })
  }

  #unfollow(): void {
    this.#watch?.stop()
    this.#watch = null
  }

  #learn(order: Order): void {
    const { step } = this.#view
    const news = newsOf(order)
    const isOldFailure = order.state === 'pending' && failureOf(order) === this.#answered
    this.#send(isOldFailure ? 'open' : news, { order })
    const { problem } = this.#view
    if (this.#view.step !== step || problem?.isTemporary) this.#change({ problem: null })
    if (this.#view.step !== step) this.#arrived(order)
    if (!isWatched(this.#view.step) || isSettled(this.#view.step)) this.#unfollow()
  }

  /** Told once per step, and only from the server's words (W12). */
  #arrived(order: Order): void {
    const { id: orderId, licenses: licenseIds, total: totalMinor, currency } = order
    const { step } = this.#view
    if (step === 'processing') this.#host.emit('license-payment-pending', { orderId })
    if (step === 'canceled') {
      this.#host.emit('license-cancelled', { orderId })
      // One quote makes one order, and that order is over.
      this.sale.reset()
    }
    if (step === 'issued') {
      const done = this.sale.kind === 'purchase' ? 'license-purchased' : 'license-renewed'
      this.#host.emit(done, { orderId, licenseIds, totalMinor, currency })
      void this.#readLicenses(licenseIds)
    }
    if (isSettled(step)) forgetOrder(this.#memory)
  }

  /** Decoration only: without it the order's own lines are shown. */
  async #readLicenses(ids: readonly string[]): Promise<void> {
    const { signal } = this.#running
    const licenses = await readableLicenses(this.#session().client, ids, signal)
    if (signal.aborted) return
    this.#change({ licenses })
  }

  #lost(problem: ApiProblem): void {
    if (problem.isTemporary) return this.#change({ problem })
    this.#unfollow()
    if (problem.status === 404) {
      forgetOrder(this.#memory)
      // Remembered by this tab, but of another account or long gone: nothing to tell.
      if (this.#view.order === null) return this.startAgain()
    }
    this.#send('unreadable', { problem })
    this.#host.failed(problem)
  }

  #send(event: FlowEvent, change: Partial<CheckoutView> = {}): void {
    this.#change({ ...change, step: nextStep(this.#view.step, event) })
  }

  #change(change: Partial<CheckoutView>): void {
    this.#view = { ...this.#view, ...change }
    this.#host.changed()
  }
}

function failureOf({ failure }: Order): string | null {
  return failure && `${failure.code} ${failure.message}`
}
