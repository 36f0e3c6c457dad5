import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type ApiProblem, asProblem } from '../api/problem.ts'

export interface ExportedFile {
  /** `blob:`, good until the next export. */
  readonly url: string
  readonly name: string
}

/** A filtered list as a file. Fetched, because a link could not carry the token. */
export class LicenseExport implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #running: AbortController | null = null
  #file: ExportedFile | null = null
  #problem: ApiProblem | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  get file(): ExportedFile | null {
    return this.#file
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#running = null
    this.#discard()
  }

  /** @param name  of the file @returns null when it failed */
  async run(
    read: (signal: AbortSignal) => Promise<Blob>,
    name: string,
  ): Promise<ExportedFile | null> {
    if (this.#running !== null) return null
    const running = (this.#running = new AbortController())
    this.#discard()
    this.#host.requestUpdate()
    try {
      const blob = await read(running.signal)
      if (running.signal.aborted) return null
      this.#file = { url: URL.createObjectURL(blob), name }
    } catch (thrown) {
      if (running.signal.aborted) return null
      this.#problem = asProblem(thrown)
    }
    this.#running = null
    this.#host.requestUpdate()
    return this.#file
  }

  #discard(): void {
    if (this.#file !== null) URL.revokeObjectURL(this.#file.url)
    this.#file = null
    this.#problem = null
  }
}

/** `licenses-2026-11-21.csv` @param on RFC 3339, the server's now; empty where nobody knows */
export function csvName(what: string, on: string): string {
  return `${[what, on.slice(0, 10)].filter(Boolean).join('-')}.csv`
}

/** A download of our own bytes, which no content security policy forbids; sandboxed frames may. */
export function save({ url, name }: ExportedFile): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
