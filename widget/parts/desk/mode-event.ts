import type { License } from '../../../server/contract/licenses.ts'
import { LicenseEvent } from '../../events.ts'
import type { RenewalMode } from '../../state/desk/desk-query.ts'

/** Told to the page when the server has confirmed it (W12). */
export function modeEvent(
  licenses: readonly License[],
  mode: RenewalMode,
): LicenseEvent<'license-autorenew-changed'> {
  const licenseIds = licenses.map(({ id }) => id)
  return new LicenseEvent('license-autorenew-changed', { licenseIds, mode })
}
