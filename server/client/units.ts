/** Units of a one-time license, by the host's own reference. They need the center: each exists once. */
import { askLicense, Unreachable, type CenterOptions } from './center.ts'
import type { LicenseCode } from './codes.ts'
import { noticeOf } from './notices.ts'

/** What became of one unit. */
export interface UnitAnswer {
  /** False: `code` says what stands against it; `UNREACHABLE`: repeat it with the same reference. */
  readonly done: boolean
  readonly code: LicenseCode
  readonly notice: string | null
}

type UnitVerb = 'activate' | 'consume' | 'release'

/** A unit that was used up stays so: holding it again finds it consumed, which is more than held. */
const DONE: Readonly<Record<UnitVerb, readonly string[]>> = {
  activate: ['reserved', 'consumed'],
  consume: ['consumed'],
  release: ['released'],
}

export async function askUnit(
  center: CenterOptions,
  { key, product }: { readonly key: string; readonly product: string },
  verb: UnitVerb,
  reference: string,
): Promise<UnitAnswer> {
  try {
    const { unit, code, notice } = await askLicense(center, verb, { key, product, reference })
    return { done: unit !== null && DONE[verb].includes(unit.state), code, notice }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    const code = 'UNREACHABLE'
    return { done: false, code, notice: noticeOf({ code, graceUntil: null, expiresAt: null }) }
  }
}
