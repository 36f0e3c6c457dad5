import { ImportantNotes } from '../important-notes.ts'
import { PaymentPanel } from '../payment-panel.ts'
import { DeskList } from './desk-list.ts'
import { ExpiryTimeline } from './expiry-timeline.ts'
import { LicenseBilling } from './license-billing.ts'
import { LicenseSubscriptions } from './license-subscriptions.ts'
import { ModeSheet } from './mode-sheet.ts'
import { RenewPage } from './renew-page.ts'
import { UndoSheet } from './undo-sheet.ts'

/** The internal elements of the desk, by tag. */
export const DESK_PARTS = {
  'license-desk-list': DeskList,
  'license-expiry-timeline': ExpiryTimeline,
  'license-important-notes': ImportantNotes,
  'license-billing': LicenseBilling,
  'license-mode-sheet': ModeSheet,
  'license-payment-panel': PaymentPanel,
  'license-renew-page': RenewPage,
  'license-subscriptions': LicenseSubscriptions,
  'license-undo-sheet': UndoSheet,
}
