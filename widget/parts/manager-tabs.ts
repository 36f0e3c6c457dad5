import { html, type TemplateResult } from 'lit'
import type { CataloguePlan } from '../../server/contract/catalogue.ts'
import type { LicenseArrivals } from '../state/license-arrivals.ts'
import { typeName, typesOf } from '../state/license-types.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { typeTabs } from './type-tabs.ts'

/** No license type is called so. */
export const LOG_TAB = '-log'

interface ManagerTabs {
  readonly session: ManagerSession
  readonly plans: readonly CataloguePlan[]
  /** A type, or `LOG_TAB`. */
  readonly chosen: string
  readonly arrivals: LicenseArrivals
  readonly choose: (type: string) => void
}

/** One tab for each license type and one for the Allocation Log (S33); marked where something new has come that was not seen yet. */
export function managerTabs({ session, plans, chosen, arrivals, choose }: ManagerTabs) {
  const { typesLabel, hasNew, log } = session.manager
  const mark: TemplateResult = html`<span class="dot"></span
    ><span class="visually-hidden">(${hasNew})</span>`
  const tabs = typesOf(plans).map((type) => ({
    type,
    label: typeName(type, plans, session.manager),
    ...(type !== chosen && arrivals.of(type).length > 0 ? { mark } : {}),
  }))
  if (!session.isRenewOnly) tabs.push({ type: LOG_TAB, label: log })
  return typeTabs({ label: typesLabel, tabs, chosen, panelId: 'list', choose })
}
