/**
 * What a process reaches without asking: network, timers, chance and the threads of WebCrypto. While
 * a schedule runs they belong to its world, so that nothing in it comes from outside.
 */
export interface Surroundings {
  fetch(url: string, init: RequestInit): Promise<Response>
  /** @returns what `clear` takes */
  setTimeout(callback: () => void, ms: number): object
  clearTimeout(timer: object): void
  random(): number
  randomBytes(length: number): Uint8Array<ArrayBuffer>
}

const realImmediate = setImmediate
const realTimeout = setTimeout
const realClear = clearTimeout
let surroundings: Surroundings | null = null

/** From now on this process lives in that world, or in the real one again. */
export function surroundWith(world: Surroundings | null): void {
  surroundings = world
}

interface Held {
  readonly ended: Promise<unknown>
  readonly release: () => void
}

/** Calls of WebCrypto that were begun, in that order. */
const held: Held[] = []

/**
 * Resolves when nothing goes on any more: no microtask, no thread. WebCrypto ends when it likes; its
 * answers are handed out one by one, in the order of the calls, each with all that follows from it.
 */
export async function quiet(): Promise<void> {
  for (;;) {
    await new Promise<void>((resolve) => realImmediate(resolve))
    const next = held.shift()
    if (next === undefined) return
    await next.ended
    next.release()
  }
}

/** Replaces the globals; once per process, before anything of the product is loaded. */
export function takeOver(): void {
  Object.assign(globalThis, { fetch: ambientFetch, setTimeout: later, clearTimeout: never })
  Math.random = () => surroundings?.random() ?? 0.5
  const { subtle } = crypto
  for (const name of ['sign', 'verify', 'digest', 'encrypt', 'decrypt', 'importKey'] as const) {
    const real = subtle[name].bind(subtle) as (...parameters: unknown[]) => Promise<unknown>
    const ordered = (...parameters: unknown[]) =>
      surroundings === null ? real(...parameters) : hold(real(...parameters))
    Object.defineProperty(subtle, name, { value: ordered })
  }
  const realValues = crypto.getRandomValues.bind(crypto)
  Object.defineProperty(crypto, 'getRandomValues', {
    value: (array: Uint8Array<ArrayBuffer>) => {
      if (surroundings === null) return realValues(array)
      const { buffer, byteOffset, byteLength } = array
      new Uint8Array(buffer, byteOffset, byteLength).set(surroundings.randomBytes(byteLength))
      return array
    },
  })
  Object.defineProperty(crypto, 'randomUUID', { value: uuid })
}

function hold(work: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let release = () => {}
    const ended = work.then(
      (value) => (release = () => resolve(value)),
      (error: unknown) => (release = () => reject(error)),
    )
    held.push({ ended, release: () => release() })
  })
}

async function ambientFetch(url: string | URL | Request, init: RequestInit = {}) {
  if (surroundings === null) throw new TypeError('fetch failed')
  return surroundings.fetch(url instanceof Request ? url.url : String(url), init)
}

function later(callback: (...parameters: unknown[]) => void, ms = 0, ...rest: unknown[]): object {
  const call = () => callback(...rest)
  return surroundings?.setTimeout(call, ms) ?? realTimeout(call, ms)
}

function never(timer: object | undefined): void {
  if (timer === undefined) return
  if (surroundings === null) realClear(timer as NodeJS.Timeout)
  else surroundings.clearTimeout(timer)
}

function uuid(): string {
  const bytes = surroundings?.randomBytes(16) ?? new Uint8Array(16)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}
