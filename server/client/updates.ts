/** Which version this installation may update to. */
import { ask, Unreachable, type CenterOptions } from './center.ts'
import { isRecord } from './token.ts'

export interface UpdateQuestion {
  /** What is installed, by Semantic Versioning. */
  readonly version: string
  /** `stable` when absent. */
  readonly channel?: 'stable' | 'beta' | 'alpha'
}

export interface UpdateAnswer {
  readonly answer: 'eligible' | 'up_to_date' | 'newest_eligible' | 'not_entitled'
  /** The answer as a sentence for a person. */
  readonly reason: string
  /** What to install; null: nothing newer that the license covers. */
  readonly release: {
    readonly version: string
    readonly channel: string
    readonly released_at: string
    readonly notes_url: string | null
    readonly artifacts: readonly {
      readonly name: string
      readonly url: string
      readonly size: number
      readonly sha256: string
    }[]
  } | null
  /** JWS over `release`, for an installer that trusts only the center's keys. */
  readonly manifest: string | null
  readonly latest: string | null
  readonly last_eligible: string | null
  /** The installed version was withdrawn, and why. */
  readonly yanked: string | null
  /** What one cycle costs that would bring the newest version, minor units. */
  readonly renewal: { readonly amount: number; readonly currency: string } | null
  /** What a new license costs, where this one has ended and cannot be renewed. */
  readonly purchase: { readonly amount: number; readonly currency: string } | null
}

export async function askUpdate(
  center: CenterOptions,
  about: {
    readonly key: string
    readonly product: string
    readonly fingerprint: string | null
  },
  { version, channel = 'stable' }: UpdateQuestion,
): Promise<UpdateAnswer | null> {
  const { key, product, fingerprint } = about
  const nonce = center.surroundings.unique()
  const question = { key, product, fingerprint, version, channel, nonce }
  try {
    const answer = await ask(center, '/v1/updates/check', question)
    return isUpdate(answer) && answer['nonce'] === nonce ? answer : null
  } catch (error) {
    if (error instanceof Unreachable) return null
    throw error
  }
}

function isUpdate(value: Record<string, unknown>): value is Record<string, unknown> & UpdateAnswer {
  const { answer, reason, release } = value
  return (
    typeof answer === 'string' &&
    typeof reason === 'string' &&
    (release === null || (isRecord(release) && typeof release['version'] === 'string'))
  )
}
