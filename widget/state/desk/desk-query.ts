/** What the desk shows: one of four tabs, filtered; as the query that answers it. */
import type { License, LicenseQuery } from '../../../server/contract/licenses.ts'
import type { Sort } from '../license-query.ts'

export type RenewalMode = NonNullable<License['renewal_mode']>

/** The four tabs (S44), in their order. */
export const RENEWAL_MODES: readonly RenewalMode[] = ['manual', 'auto', 'pay_per_use', 'canceled']

/** Dates `YYYY-MM-DD` on the customer's calendar, both included. */
export interface ExpiryWindow {
  readonly from: string
  readonly to: string
}

export interface DeskFilter {
  readonly search: string
  /** A status of the API or `expiring`; empty: all of them. */
  readonly status: string
  /** License type; empty: all of them. */
  readonly type: string
  readonly expiresWithinDays: number | null
  /** Chosen in the picture, or typed. */
  readonly window: ExpiryWindow | null
}

export interface DeskView {
  readonly mode: RenewalMode
  readonly filter: DeskFilter
  readonly sort: Sort
  readonly pageSize: number
}

export const NO_DESK_FILTER: DeskFilter = {
  search: '',
  status: '',
  type: '',
  expiresWithinDays: null,
  window: null,
}

/** What ends first stands first. */
export const FIRST_DESK_VIEW: DeskView = {
  mode: 'manual',
  filter: NO_DESK_FILTER,
  sort: { column: 'expires_at', isDescending: false },
  pageSize: 20,
}

export function isDeskFiltered(filter: DeskFilter): boolean {
  return Object.entries(toFilterQuery(filter)).length > 0
}

export function toDeskQuery(view: DeskView, cursor: string | null): LicenseQuery {
  const { column, isDescending } = view.sort
  return {
    ...toFilterQuery(view.filter),
    renewal_mode: view.mode,
    sort: `${isDescending ? '-' : ''}${column}`,
    limit: view.pageSize,
    ...(cursor === null ? {} : { cursor }),
  }
}

/** Without the window: the picture shows all of its days and marks the chosen ones. */
export function toPictureQuery({ mode, filter }: DeskView): LicenseQuery {
  const wide = { ...filter, window: null, expiresWithinDays: null }
  return { ...toFilterQuery(wide), renewal_mode: mode }
}

/** A window that ends before it begins shows nothing, as the customer has asked for. */
function toFilterQuery(filter: DeskFilter): LicenseQuery {
  const { search, status, type, expiresWithinDays, window } = filter
  return {
    ...(search.trim() === '' ? {} : { q: search.trim() }),
    ...(status === '' ? {} : { status }),
    ...(type === '' ? {} : { type }),
    ...(expiresWithinDays === null ? {} : { expires_within: expiresWithinDays }),
    ...(window === null || window.from === '' ? {} : { expires_from: window.from }),
    ...(window === null || window.to === '' ? {} : { expires_to: window.to }),
  }
}
