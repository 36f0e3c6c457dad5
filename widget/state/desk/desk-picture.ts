import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { LicenseExpiries } from '../../../server/contract/licenses.ts'
import type { RenewalClient } from '../../api/renewal-client.ts'
import { type DeskView, toPictureQuery } from './desk-query.ts'

/** The days on which the licenses of a view expire. Decoration: the list stands without it. */
export class DeskPicture implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #expiries: LicenseExpiries | null = null
  #shown = ''
  #running: AbortController | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** Null until the first answer. */
  get expiries(): LicenseExpiries | null {
    return this.#expiries
  }

  hostDisconnected(): void {
    this.#running?.abort()
  }

  /** Another page or another day of the same picture asks nothing. */
  async show(renewals: RenewalClient, view: DeskView): Promise<void> {
    const wanted = JSON.stringify(toPictureQuery(view))
    if (wanted !== this.#shown || this.#expiries === null) await this.refresh(renewals, view)
  }

  async refresh(renewals: RenewalClient, view: DeskView): Promise<void> {
    this.#running?.abort()
    const running = (this.#running = new AbortController())
    const query = toPictureQuery(view)
    const expiries = await renewals.expiries(query, running.signal).catch(() => null)
    if (running.signal.aborted || expiries === null) return
    this.#expiries = expiries
    this.#shown = JSON.stringify(query)
    this.#host.requestUpdate()
  }
}
