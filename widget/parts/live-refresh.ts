import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { onWakeUp, wakeOthers } from './wake-up.ts'

interface LiveRefreshOptions {
  /** Something may have changed; the server knows what. */
  readonly refresh: () => void
  /** An element of this page heard from the server that an order is fulfilled. */
  readonly purchased: (licenseIds: readonly string[]) => void
}

const POLL_FIRST_MS = 4000
const POLL_SLOWEST_MS = 30_000
/** A payment session lives 35 minutes; what comes later comes with the next look. */
const POLL_FOR_MS = 40 * 60_000

/**
 * Looks again when the customer comes back, when another window of this page has news, and gently
 * while a payment is open. Nothing that arrives is believed: it is only a reason to ask the server.
 */
export class LiveRefresh implements ReactiveController {
  readonly #options: LiveRefreshOptions
  #listening = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #pollUntil = 0
  #pauseMs = POLL_FIRST_MS

  constructor(host: ReactiveControllerHost, options: LiveRefreshOptions) {
    this.#options = options
    host.addController(this)
  }

  hostConnected(): void {
    this.#listening = new AbortController()
    const { signal } = this.#listening
    const poll = () => this.#poll()
    document.addEventListener('license-payment-open', poll, { signal })
    document.addEventListener('license-payment-pending', poll, { signal })
    document.addEventListener('license-cancelled', () => this.#stop(), { signal })
    document.addEventListener(
      'license-purchased',
      ({ detail }) => {
        this.#stop()
        wakeOthers()
        this.#options.purchased(detail.licenseIds)
      },
      { signal },
    )
    const renewed = () => {
      this.#stop()
      wakeOthers()
      this.#options.refresh()
    }
    document.addEventListener('license-renewed', renewed, { signal })
    signal.addEventListener('abort', onWakeUp(this.#options.refresh))
  }

  hostDisconnected(): void {
    this.#listening.abort()
    this.#stop()
  }

  #poll(): void {
    this.#stop()
    this.#pollUntil = performance.now() + POLL_FOR_MS
    this.#schedule()
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      if (document.visibilityState === 'visible') this.#options.refresh()
      this.#pauseMs = Math.min(this.#pauseMs * 1.5, POLL_SLOWEST_MS)
      if (performance.now() < this.#pollUntil) this.#schedule()
    }, this.#pauseMs)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#pauseMs = POLL_FIRST_MS
  }
}
