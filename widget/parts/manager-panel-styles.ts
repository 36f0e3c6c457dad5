import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { managerPanelStyles } from '../styles/manager-panel.ts'
import { surfaces } from '../styles/surfaces.ts'
import { viewStyles } from './license-views.ts'
import { managerSkeletonStyles } from './manager-skeleton.ts'
import { typeTabsStyles } from './type-tabs.ts'

export const managerPanelParts = [
  base,
  controls,
  surfaces,
  typeTabsStyles,
  viewStyles,
  managerSkeletonStyles,
  managerPanelStyles,
]
