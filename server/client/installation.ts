/** One installation: what it keeps, when it asks, and what follows from both. */
import { askLicense, readKeys, Unreachable, type Answer, type CenterOptions } from './center.ts'
import { isValid } from './codes.ts'
import { factsOf, judge, type Expected, type Judgement } from './judge.ts'
import { hashOf } from './key-hash.ts'
import { nothingKept, type Kept } from './kept.ts'
import type { LicenseState } from './license-state.ts'
import { createMemory, type Loaded, type Memory } from './memory.ts'
import { noticeOf } from './notices.ts'
import { createPatience, type Patience } from './patience.ts'
import type { LicenseStorage } from './storage.ts'
import type { KeyRing, LicenseKey } from './token.ts'

export interface InstallationOptions {
  readonly center: CenterOptions
  readonly product: string
  readonly key: string
  readonly fingerprint: string | null
  readonly name: string | null
  readonly storage: LicenseStorage
  readonly pinned: readonly LicenseKey[] | null
  readonly onStorageError: (error: unknown) => void
}

export type Verb = 'activate' | 'validate' | 'deactivate' | 'heartbeat'

export interface Installation {
  check(fresh: boolean): Promise<LicenseState>
  contact(verb: Verb): Promise<LicenseState>
  take(file: string): Promise<LicenseState>
}

/** A no is not asked about again for so long, unless somebody asks for a fresh answer. */
const REFUSAL_STANDS_MS = 60_000

export function createInstallation(options: InstallationOptions): Installation {
  const { random } = options.center.surroundings
  const one = new OneInstallation(options, createPatience(random))
  return {
    check: (fresh) => one.check(fresh),
    contact: (verb) => one.contactOnce(verb),
    take: (file) => one.take(file),
  }
}

class OneInstallation {
  readonly #options: InstallationOptions
  readonly #patience: Patience
  readonly #memory: Memory
  readonly #underWay = new Map<Verb, Promise<LicenseState>>()
  /** An answer that nothing signed: it lasts as long as the process. */
  #unsigned: LicenseState | null = null
  #refusedAtMs = -Infinity

  constructor(options: InstallationOptions, patience: Patience) {
    this.#options = options
    this.#patience = patience
    this.#memory = createMemory(options.storage, options.onStorageError)
  }

  async check(fresh: boolean): Promise<LicenseState> {
    const nowMs = this.#nowMs()
    const loaded = await this.#load()
    const judgement = await this.#judge(loaded, nowMs)
    if (!fresh && (this.#patience.isWaiting(nowMs) || this.#isSettled(judgement, nowMs))) {
      await this.#memory.sawTime(loaded.kept, nowMs)
      return this.#unsigned ?? stateOf(judgement)
    }
    return this.contactOnce('validate')
  }

  /** A file that is no good leaves what is kept as it is. */
  async take(file: string): Promise<LicenseState> {
    const { kept } = await this.#load()
    const nowMs = this.#nowMs()
    const next = { ...kept, token: file.trim(), refusal: null, said: null }
    const judgement = await this.#judge({ kept: next, isDamaged: false }, nowMs)
    const { claims } = judgement
    if (claims !== null && isValid(judgement.code)) {
      await this.#memory.keep({ ...next, seq: claims.seq, iat: claims.iat, seenAtMs: nowMs })
    }
    return stateOf(judgement)
  }

  /** Callers at the same time share one question. */
  contactOnce(verb: Verb): Promise<LicenseState> {
    const underWay = this.#underWay.get(verb) ?? this.#contact(verb)
    this.#underWay.set(verb, underWay)
    return underWay.finally(() => this.#underWay.delete(verb))
  }

  async #contact(verb: Verb): Promise<LicenseState> {
    const loaded = await this.#load()
    const judgement = await this.#judge(loaded, this.#nowMs())
    const { product, key, fingerprint, name, center } = this.#options
    const question = { product, key, fingerprint, name, current_token: this.#holds(judgement) }
    try {
      const state = await this.#learn(
        loaded.kept,
        await askLicense(center, verb, question),
        judgement,
      )
      this.#patience.reached()
      return state
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      const nowMs = this.#nowMs()
      this.#patience.failed(nowMs, error.retryAfterMs)
      this.#unsigned = null
      if (verb === 'deactivate') return stateOf({ code: 'UNREACHABLE', claims: null, notice: null })
      await this.#memory.sawTime(loaded.kept, nowMs)
      return stateOf(await this.#judge(loaded, nowMs))
    }
  }

  /** Takes an answer in, once it is proven: a good one by its token, a refusal by having arrived. */
  async #learn(kept: Kept, answer: Answer, before: Judgement): Promise<LicenseState> {
    const saidAtMs = Date.parse(answer.now)
    const { code, notice } = answer
    if (!answer.valid) {
      const refusal = { code, notice }
      this.#unsigned = null
      this.#refusedAtMs = this.#nowMs()
      await this.#memory.keep({ ...kept, token: null, refusal, said: null, seenAtMs: saidAtMs })
      return { ...stateOf({ ...refusal, claims: null }), source: 'center' }
    }
    if (answer.token === null && before.claims === null) return this.#learnUnsigned(answer)
    const ring = answer.token === null ? ringOf(kept) : await this.#freshKeys(kept)
    const said = { code, notice }
    const next = { ...kept, ...ring, token: answer.token ?? kept.token, said, refusal: null }
    const now = { ...next, seq: 0, seenAtMs: saidAtMs }
    const judgement = await judge(now, this.#expected(now, saidAtMs))
    const { claims } = judgement
    if (claims === null || !isValid(judgement.code) || claims.iat < kept.iat) {
      throw new Unreachable(`The answer is not signed by the License Center (${judgement.code}).`)
    }
    await this.#memory.keep({ ...now, seq: claims.seq, iat: claims.iat })
    return { ...stateOf(judgement), code, notice, source: 'center' }
  }

  /** A center without a signing key can be asked, and gives nothing to go by without it. */
  #learnUnsigned({ code, notice, license, check_after }: Answer): LicenseState {
    if (this.#options.pinned !== null || license === null) {
      throw new Unreachable('The answer is not signed by the License Center.')
    }
    this.#unsigned = {
      valid: true,
      code,
      source: 'center',
      notice,
      license: { ...license, expiresAt: new Date(license.expires_at) },
      checkAfter: check_after === null ? null : new Date(check_after),
      graceUntil: null,
    }
    return this.#unsigned
  }

  /** What is published now can be trusted; what no longer is was withdrawn. */
  async #freshKeys(kept: Kept): Promise<KeyRing> {
    const keys = await readKeys(this.#options.center)
    const names = new Set(keys.map(({ kid }) => kid))
    const known = [...kept.keys, ...(this.#options.pinned ?? [])].map(({ kid }) => kid)
    const gone = [...new Set([...kept.withdrawn, ...known])].filter((kid) => !names.has(kid))
    return { keys, withdrawn: names.size === 0 ? kept.withdrawn : gone }
  }

  /** What the center need not sign again; a check that is due gets all the time that it can. */
  #holds({ claims }: Judgement): { seq: number; expires_at: string } | null {
    if (claims === null || this.#nowMs() >= Date.parse(claims.check_after)) return null
    return { seq: claims.seq, expires_at: claims.grace_until }
  }

  /** True when there is no reason to ask. */
  #isSettled({ code, claims }: Judgement, nowMs: number): boolean {
    if (this.#unsigned !== null) return nowMs < Number(this.#unsigned.checkAfter)
    if (claims !== null) return isValid(code) && nowMs < Date.parse(claims.check_after)
    return nowMs >= this.#refusedAtMs && nowMs < this.#refusedAtMs + REFUSAL_STANDS_MS
  }

  async #load(): Promise<Loaded> {
    const of = await hashOf(this.#options.key)
    const loaded = await this.#memory.load()
    return loaded.kept.of === of ? loaded : { ...loaded, kept: nothingKept(of) }
  }

  async #judge({ kept, isDamaged }: Loaded, nowMs: number): Promise<Judgement> {
    if (isDamaged) return { code: 'STORE_DAMAGED', claims: null, notice: null }
    return judge(kept, this.#expected(kept, nowMs))
  }

  #expected(kept: Kept, nowMs: number): Expected {
    const { center, product, fingerprint, pinned } = this.#options
    const ring = { keys: trusted(kept.keys, pinned), withdrawn: kept.withdrawn }
    return { issuer: center.center, product, fingerprint, nowMs, ring }
  }

  #nowMs(): number {
    return this.#options.center.surroundings.now()
  }
}

function ringOf({ keys, withdrawn }: Kept): KeyRing {
  return { keys, withdrawn }
}

/** Pinned keys stay the only ones; what is published about them, such as their retirement, counts. */
function trusted(
  published: readonly LicenseKey[],
  pinned: readonly LicenseKey[] | null,
): readonly LicenseKey[] {
  if (pinned === null) return published
  return pinned.map((key) => ({
    ...published.find(({ kid }) => kid === key.kid),
    ...key,
  }))
}

function stateOf({ code, claims, notice }: Judgement): LicenseState {
  const graceUntil = claims && new Date(claims.grace_until)
  const expiresAt = claims && new Date(claims.expires_at)
  return {
    valid: isValid(code),
    code,
    source: 'kept',
    notice: notice ?? noticeOf({ code, graceUntil, expiresAt }),
    license: claims && factsOf(claims),
    checkAfter: claims && new Date(claims.check_after),
    graceUntil,
  }
}
