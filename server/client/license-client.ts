/**
 * `license-center/client`: asks a License Center whether this installation may run, keeps its signed
 * answer, and goes by it while the center cannot be reached. Depends on nothing but `fetch` and WebCrypto.
 */
import { LicenseProblem, Unreachable, type CenterOptions } from './center.ts'
import { createInstallation, type Installation } from './installation.ts'
import type { LicenseState } from './license-state.ts'
import { noticeOf } from './notices.ts'
import { memoryStorage, type LicenseStorage } from './storage.ts'
import { surroundings as ambient, type Surroundings } from './surroundings.ts'
import type { LicenseKey } from './token.ts'
import { askUnit, type UnitAnswer } from './units.ts'
import { askUpdate, type UpdateAnswer, type UpdateQuestion } from './updates.ts'

export { LicenseProblem, memoryStorage, Unreachable }
export type { LicenseKey, LicenseState, LicenseStorage, Surroundings }
export type { CenterCode, LicenseCode, LocalCode } from './codes.ts'
export type { LicenseFacts } from './license-state.ts'
export type { UnitAnswer } from './units.ts'
export type { UpdateAnswer, UpdateQuestion } from './updates.ts'

export interface LicenseClientOptions {
  /** Origin of the License Center, such as `https://licenses.example.com`. */
  readonly center: string
  /** Id of the product in the catalogue. */
  readonly product: string
  /** As the customer typed it. */
  readonly key: string
  /** Domain, server fingerprint or installation id: what the license is bound to. Null for one-time units. */
  readonly fingerprint: string | null
  /** For people: which machine this is. */
  readonly name?: string
  /** Forgets with the process when absent. */
  readonly storage?: LicenseStorage
  /**
   * The center's public keys, current and next, compiled into the product. Without them they are asked
   * of the center and kept in the storage, where somebody who may write there can replace them.
   */
  readonly keys?: readonly LicenseKey[]
  /** Language of the center's sentences; English when absent. */
  readonly locale?: string
  /** How long one question may take; 10 s when absent. */
  readonly timeoutMs?: number
  /** What a storage that fails said; the client goes on from memory. */
  readonly onStorageError?: (error: unknown) => void
  readonly surroundings?: Partial<Surroundings>
}

export interface ValidateOptions {
  /** Asks the center even when it is not time yet. */
  readonly fresh?: boolean
  /** Feature flags that must all be granted. */
  readonly entitlements?: readonly string[]
}

/**
 * No method throws because the center is away. A question that is wrong in itself throws `LicenseProblem`:
 * a mistake in the integration, or a `reference` whose unit was used or given back before.
 */
export interface LicenseClient {
  /** Takes a unit for this installation; the same installation again is the same activation. */
  activate(): Promise<LicenseState>
  /** May this installation run? Asks the center when it is time, and otherwise goes by what is kept. */
  validate(options?: ValidateOptions): Promise<LicenseState>
  /**
   * Takes a license file that was carried here, for hosts without a network. The keys have to be pinned
   * then. A file that is no good changes nothing.
   */
  useFile(file: string): Promise<LicenseState>
  /** Gives the unit back. Until the center was reached it stays taken. */
  deactivate(): Promise<LicenseState>
  /** Keeps a floating unit. */
  heartbeat(): Promise<LicenseState>
  /** Holds a unit of a one-time license for `reference`, the host's own name for what will use it. */
  reserve(reference: string): Promise<UnitAnswer>
  /** Uses it up: once, whatever is repeated. */
  consume(reference: string): Promise<UnitAnswer>
  /** Gives a held unit back. */
  release(reference: string): Promise<UnitAnswer>
  /** Which version may this installation update to? Null while the center is away. */
  checkForUpdate(question: UpdateQuestion): Promise<UpdateAnswer | null>
}

const TIMEOUT_MS = 10_000

export function createLicenseClient(options: LicenseClientOptions): LicenseClient {
  const around: Surroundings = { ...ambient, ...options.surroundings }
  const center: CenterOptions = {
    center: new URL(options.center).origin,
    locale: options.locale ?? 'en',
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    surroundings: around,
  }
  const installation = createInstallation({
    center,
    product: options.product,
    key: options.key,
    fingerprint: options.fingerprint,
    name: options.name ?? null,
    storage: options.storage ?? memoryStorage(),
    pinned: options.keys ?? null,
    onStorageError: options.onStorageError ?? (() => {}),
  })
  return {
    activate: () => installation.contact('activate'),
    validate: ({ fresh = false, entitlements = [] } = {}) =>
      validate(installation, fresh, entitlements),
    useFile: (file) => installation.take(file),
    deactivate: () => installation.contact('deactivate'),
    heartbeat: () => installation.contact('heartbeat'),
    reserve: (reference) => askUnit(center, options, 'activate', reference),
    consume: (reference) => askUnit(center, options, 'consume', reference),
    release: (reference) => askUnit(center, options, 'release', reference),
    checkForUpdate: (question) => askUpdate(center, options, question),
  }
}

async function validate(
  installation: Installation,
  fresh: boolean,
  entitlements: readonly string[],
): Promise<LicenseState> {
  const state = await installation.check(fresh)
  const granted = state.license?.entitlements ?? []
  if (!state.valid || entitlements.every((name) => granted.includes(name))) return state
  const code = 'ENTITLEMENT_MISSING'
  const notice = noticeOf({ code, graceUntil: null, expiresAt: null })
  return { ...state, valid: false, code, notice }
}
