import { CopyButton } from './copy-button.ts'
import { LateView } from './late-view.ts'
import { LicenseListPart } from './license-list.ts'
import { LicenseMenu } from './license-menu.ts'
import { LicenseSheet } from './license-sheet.ts'
import { ManagerSheets } from './manager-sheets.ts'

/** The internal elements of the manager, by tag. */
export const MANAGER_PARTS = {
  'license-copy-button': CopyButton,
  'license-late-view': LateView,
  'license-list': LicenseListPart,
  'license-manager-sheets': ManagerSheets,
  'license-menu': LicenseMenu,
  'license-sheet': LicenseSheet,
}
