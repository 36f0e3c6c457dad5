/** What a running program has around it. The client of an installed product starts here, as `runtime` is where the server starts. */

export interface Surroundings {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** In [0, 1): jitter only. */
  readonly random: () => number
  /** A text that is never made twice. */
  readonly unique: () => string
}

export const surroundings: Surroundings = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  random: () => Math.random(),
  unique: () => crypto.randomUUID(),
}
