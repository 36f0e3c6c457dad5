import { ApiProblem } from './problem.ts'

type GetToken = () => Promise<string> | string | null

/** The host's token: in memory only, asked for once by however many requests wait for it (W26). */
export class TokenSource {
  readonly #getToken: GetToken
  #held: string | null = null
  #pending: Promise<string | null> | null = null

  constructor(getToken: GetToken) {
    this.#getToken = getToken
  }

  /** Null for an anonymous visitor. @throws ApiProblem `auth` when the host fails to give one */
  async token(signal: AbortSignal): Promise<string | null> {
    if (this.#held !== null) return this.#held
    this.#pending ??= this.#ask()
    try {
      return await abortable(this.#pending, signal)
    } finally {
      // A host that never answers is asked again by the next request.
      this.#pending = null
    }
  }

  /** A token other than the refused one; another request may have fetched it already. */
  async replacement(refused: string, signal: AbortSignal): Promise<string | null> {
    if (this.#held === refused) this.#held = null
    return this.token(signal)
  }

  async #ask(): Promise<string | null> {
    try {
      this.#held = (await this.#getToken()) || null
      return this.#held
    } catch (cause) {
      throw new ApiProblem({ code: 'auth' }, { cause })
    }
  }
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
