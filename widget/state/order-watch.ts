import type { Order } from '../../server/contract/orders.ts'
import type { Client } from '../api/client.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'

interface OrderWatchOptions {
  readonly client: Client
  readonly orderId: string
  readonly onOrder: (order: Order) => void
  /** Called for each failed look; a temporary problem is tried again by itself. */
  readonly onProblem: (problem: ApiProblem) => void
}

const WAIT_SECONDS = 25
const BACKOFF_MS = [2_000, 5_000, 15_000]
/** An answer that came at once is not asked for again at once. */
const PACE_MS = 1_000

/** Looks at one order until stopped: by long poll, with backoff, and at once when nudged. */
export class OrderWatch {
  readonly #options: OrderWatchOptions
  readonly #stopped = new AbortController()
  #pause = new AbortController()
  #failures = 0

  constructor(options: OrderWatchOptions) {
    this.#options = options
    void this.#run()
  }

  /** Looks now: the window came back, the network came back, or the customer asked. */
  nudge(): void {
    this.#pause.abort()
  }

  stop(): void {
    this.#stopped.abort()
    this.#pause.abort()
  }

  async #run(): Promise<void> {
    for (let isNudged = true; !this.#stopped.signal.aborted;) {
      this.#pause = new AbortController()
      const isOver = await this.#look(isNudged ? 0 : WAIT_SECONDS)
      if (isOver) return
      isNudged = this.#pause.signal.aborted
    }
  }

  /** @returns true when looking again makes no sense */
  async #look(waitSeconds: number): Promise<boolean> {
    const { client, orderId, onOrder, onProblem } = this.#options
    const { signal } = this.#pause
    const startedAt = performance.now()
    try {
      const order = await client.order(orderId, waitSeconds, signal)
      if (signal.aborted) return false
      this.#failures = 0
      onOrder(order)
      await sleep(waitSeconds === 0 ? 0 : PACE_MS - (performance.now() - startedAt), signal)
    } catch (thrown) {
      if (signal.aborted) return false
      const problem = asProblem(thrown)
      onProblem(problem)
      if (!problem.isTemporary) return true
      await sleep(
        problem.retryAfterSeconds ? problem.retryAfterSeconds * 1000 : this.#backoff(),
        signal,
      )
    }
    return false
  }

  #backoff(): number {
    const longest = BACKOFF_MS[Math.min(this.#failures++, BACKOFF_MS.length - 1)] ?? 0
    return longest * (0.75 + Math.random() / 2)
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
