import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { License } from '../../../server/contract/licenses.ts'
import { groupBy } from '../../../server/domain/group-by.ts'
import type { Client } from '../../api/client.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import type { RenewalClient } from '../../api/renewal-client.ts'
import type { RenewalMode } from './desk-query.ts'

export interface Move {
  readonly ids: readonly string[]
  readonly mode: RenewalMode
  /** Hash of the words that were on the screen; where money is taken without another question. */
  readonly noticesVersion?: string | null
}

/** A move that was made, and the ones that take it back. */
export interface MadeMove {
  readonly move: Move
  readonly licenses: readonly License[]
  readonly back: readonly Move[]
}

/** Of the notes that are in force for a plan; null where they cannot be read. */
export async function noticesVersion(client: Client, plan: string): Promise<string | null> {
  const catalogue = await client.catalogue().catch(() => null)
  return catalogue?.notices[plan]?.version ?? null
}

interface ModeChangeOptions {
  /** Told once the server has confirmed (W12). */
  readonly onMoved: (made: MadeMove) => void
  readonly onProblem: (problem: ApiProblem) => void
}

/** Moves licenses between the four tabs, at once and back again (lines 37, 38). */
export class ModeChange implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: ModeChangeOptions
  #running = new AbortController()
  #made: MadeMove | null = null
  #problem: ApiProblem | null = null
  #isBusy = false

  constructor(host: ReactiveControllerHost, options: ModeChangeOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#running.abort()
    this.#running = new AbortController()
    this.#isBusy = false
  }

  get made(): MadeMove | null {
    return this.#made
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** @param modeOf  the tab that a license is in now @returns whether it was done */
  async make(
    renewals: RenewalClient,
    move: Move,
    modeOf: (id: string) => RenewalMode,
  ): Promise<boolean> {
    const groups = groupBy(move.ids, modeOf)
    const back = [...groups].flatMap(([mode, ids]) =>
      mode === move.mode ? [] : [{ ids, mode, noticesVersion: move.noticesVersion ?? null }],
    )
    const licenses = await this.#send(renewals, [move])
    if (licenses === null) return false
    this.#made = { move, licenses, back }
    this.#options.onMoved(this.#made)
    return true
  }

  async undo(renewals: RenewalClient): Promise<boolean> {
    const made = this.#made
    if (made === null) return false
    const licenses = await this.#send(renewals, made.back)
    if (licenses === null) return false
    this.#made = null
    for (const move of made.back) this.#options.onMoved({ move, licenses, back: [] })
    return true
  }

  readonly dismiss = (): void => {
    this.#made = null
    this.#problem = null
    this.#host.requestUpdate()
  }

  async #send(renewals: RenewalClient, moves: readonly Move[]): Promise<readonly License[] | null> {
    if (this.#isBusy) return null
    const { signal } = this.#running
    this.#isBusy = true
    this.#problem = null
    this.#host.requestUpdate()
    try {
      const moved: License[] = []
      for (const { ids, mode, noticesVersion = null } of moves) {
        const isPaid = mode === 'auto' || mode === 'pay_per_use'
        const consent =
          noticesVersion === null || !isPaid ? {} : { consent: { notices_version: noticesVersion } }
        const { data } = await renewals.setMode({ license_ids: [...ids], mode, ...consent }, signal)
        moved.push(...data)
      }
      return signal.aborted ? null : moved
    } catch (thrown) {
      if (signal.aborted) return null
      this.#problem = asProblem(thrown)
      this.#options.onProblem(this.#problem)
      return null
    } finally {
      this.#isBusy = false
      this.#host.requestUpdate()
    }
  }
}
