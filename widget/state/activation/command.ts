import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type ApiProblem, asProblem } from '../../api/problem.ts'

/** One request at a time that the customer asked for, and why it did not succeed. */
export class Command implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #running: AbortController | null = null
  #problem: ApiProblem | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#running = null
  }

  dismiss(): void {
    this.#problem = null
    this.#host.requestUpdate()
  }

  /** @returns null when it failed, was given up, or another one still runs */
  async run<T extends object | string>(
    act: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | null> {
    if (this.#running !== null) return null
    const running = (this.#running = new AbortController())
    this.dismiss()
    let result: T | null = null
    try {
      result = await act(running.signal)
    } catch (thrown) {
      if (!running.signal.aborted) this.#problem = asProblem(thrown)
    }
    if (running.signal.aborted) return null
    this.#running = null
    this.#host.requestUpdate()
    return result
  }
}
