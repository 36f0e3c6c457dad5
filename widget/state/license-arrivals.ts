import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { License } from '../../server/contract/licenses.ts'
import type { Client } from '../api/client.ts'
import { readableLicenses } from './readable-licenses.ts'

/** One purchase brings a few licenses; a page would not show more either. */
const MOST = 20

/** Licenses bought a moment ago that the customer has not had on the screen yet. */
export class LicenseArrivals implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #licenses: readonly License[] = []
  #running = new AbortController()

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#running.abort()
    this.#running = new AbortController()
  }

  of(type: string | null): readonly License[] {
    return type === null ? this.#licenses : this.#licenses.filter((one) => one.type === type)
  }

  /**
   * Reads what was bought. Another customer's licenses, from an element beside this one, cannot be
   * read and do not count (W28).
   */
  async add(client: Client, ids: readonly string[]): Promise<readonly License[]> {
    const { signal } = this.#running
    const added = await readableLicenses(client, ids.slice(0, MOST), signal)
    if (signal.aborted) return []
    this.#licenses = [...this.#licenses, ...added]
    this.#host.requestUpdate()
    return added
  }

  /** They have been on the screen. */
  seen(ids: readonly string[]): void {
    this.#licenses = this.#licenses.filter(({ id }) => !ids.includes(id))
    this.#host.requestUpdate()
  }
}
