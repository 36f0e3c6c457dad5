import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { licenseCardStyles } from '../styles/license-cards.ts'
import { licenseListStyles } from '../styles/license-list.ts'
import { licenseTableStyles } from '../styles/license-table.ts'
import { surfaces } from '../styles/surfaces.ts'
import { meterStyles } from './license-meter.ts'
import { licensePagerStyles } from './license-pager.ts'
import { statusStyles } from './license-status.ts'
import { licenseToolbarStyles } from './license-toolbar.ts'
import { viewStyles } from './license-views.ts'
import { boxStyles } from './row-box.ts'

/** Everything that a list of licenses is drawn with; the desk's table adds its own. */
export const licenseListParts = [
  base,
  controls,
  surfaces,
  licenseToolbarStyles,
  licensePagerStyles,
  statusStyles,
  meterStyles,
  licenseTableStyles,
  licenseCardStyles,
  boxStyles,
  viewStyles,
  licenseListStyles,
]
