/** What an installed product learns about its license. */
import type { LicenseCode } from './codes.ts'

export interface LicenseState {
  /** May the product run? */
  readonly valid: boolean
  readonly code: LicenseCode
  /** `center`: it was asked just now. `kept`: from what the installation keeps of its last answer. */
  readonly source: 'center' | 'kept'
  /** A sentence to show to a person; null when all is well. */
  readonly notice: string | null
  readonly license: LicenseFacts | null
  /** When the center is asked again. */
  readonly checkAfter: Date | null
  /** Until when the product may run without reaching the center. */
  readonly graceUntil: Date | null
}

export interface LicenseFacts {
  readonly id: string
  readonly plan: string
  readonly type: string
  /** Units. */
  readonly total: number
  readonly expiresAt: Date
  /** Feature flags of the plan. */
  readonly entitlements: readonly string[]
}
