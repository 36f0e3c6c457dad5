import type { License } from '../../server/contract/licenses.ts'
import { copyText } from '../state/clipboard.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import type { LicenseTab } from './late-view.ts'
import type { MenuItem } from './license-menu.ts'

/** What can be done with a license; the same for its row and its card. */
export function licenseActions(
  license: License,
  session: ManagerSession,
  onDetails: (license: License, tab?: LicenseTab) => void,
  onRenew: (ids: readonly string[]) => void,
): readonly MenuItem[] {
  const { renew, details, activations, units, copyId, copyOrder, copiedText } =
    session.manager.actions
  const { id, order_id: orderId } = license
  /** Where copying is forbidden, the details show the same text to select. */
  const copy = async (text: string) => {
    if (await copyText(text)) session.announce(copiedText(text))
    else onDetails(license)
  }
  return [
    // One-time and complimentary licenses have no renewal anywhere (S30, S36).
    ...(license.renewal === null ? [] : [{ label: renew, run: () => onRenew([id]) }]),
    { label: details, run: () => onDetails(license) },
    ...(session.isRenewOnly
      ? []
      : [
          {
            label: license.one_time ? units : activations,
            run: () => onDetails(license, 'activations'),
          },
        ]),
    { label: copyId, run: () => void copy(id) },
    ...(orderId === null ? [] : [{ label: copyOrder, run: () => void copy(orderId) }]),
  ]
}
