/** What mails about one license store: facts, no words, and never a key. */
import type { RebindReason } from './rebind.ts'

/** What every mail about a license says. */
interface LicenseMail {
  readonly licenseId: string
  readonly productName: string
  /** Homepage of the console. */
  readonly homeUrl: string
  readonly planName: string
  readonly quantity: number
  readonly keyLast4: string
}

/** The key itself is opened when it is sent (S65). */
export interface LicenseKeyMail extends LicenseMail {
  readonly why: 'granted' | 'asked' | 'rotated'
  readonly zone: string
  readonly endsAt: string
  /** Until when the key before it works; null unless it was replaced. */
  readonly previousUntil: string | null
}

/** Both ends are told of a rebind (S82). */
export interface RebindMail extends LicenseMail {
  readonly rebindId: string
  readonly phase: 'requested' | 'approved' | 'denied' | 'withdrawn'
  readonly audience: 'customer' | 'operator'
  /** Names of the installations, or their fingerprints. */
  readonly from: string
  readonly to: string
  readonly score: number
  readonly reasons: readonly RebindReason[]
  /** Of whoever asked, and of whoever decided. */
  readonly note: string | null
  readonly decisionReason: string | null
}
