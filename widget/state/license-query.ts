import type { LICENSE_SORTS, LicenseQuery } from '../../server/contract/licenses.ts'

export type SortColumn = (typeof LICENSE_SORTS)[number]

/** In the order of the table (S32). */
export const SORT_COLUMNS: readonly SortColumn[] = [
  'id',
  'total',
  'in_use',
  'service_life_days',
  'activated_at',
  'expires_at',
  'status',
]

export interface Sort {
  readonly column: SortColumn
  readonly isDescending: boolean
}

export interface Filter {
  readonly search: string
  /** A status of the API or `expiring`; empty: all of them. */
  readonly status: string
  readonly expiresWithinDays: number | null
}

export interface ListView {
  readonly type: string | null
  readonly filter: Filter
  readonly sort: Sort
  readonly pageSize: number
}

export const PAGE_SIZES: readonly number[] = [20, 50, 100, 200]
export const EXPIRY_WINDOWS_DAYS: readonly number[] = [7, 15, 30, 60]
export const NO_FILTER: Filter = { search: '', status: '', expiresWithinDays: null }
/** Newest first, so that a purchase is seen where one looks. */
export const NEWEST_FIRST: Sort = { column: 'activated_at', isDescending: true }

export function firstView(type: string | null): ListView {
  return { type, filter: NO_FILTER, sort: NEWEST_FIRST, pageSize: 20 }
}

export function isFiltered({ search, status, expiresWithinDays }: Filter): boolean {
  return search.trim() !== '' || status !== '' || expiresWithinDays !== null
}

/** The same column again turns the order around. */
export function nextSort(current: Sort, column: SortColumn): Sort {
  return { column, isDescending: current.column === column && !current.isDescending }
}

export function toQuery(view: ListView, cursor: string | null): LicenseQuery {
  const { search, status, expiresWithinDays } = view.filter
  const { column, isDescending } = view.sort
  return {
    ...(view.type === null ? {} : { type: view.type }),
    ...(search.trim() === '' ? {} : { q: search.trim() }),
    ...(status === '' ? {} : { status }),
    ...(expiresWithinDays === null ? {} : { expires_within: expiresWithinDays }),
    sort: `${isDescending ? '-' : ''}${column}`,
    limit: view.pageSize,
    ...(cursor === null ? {} : { cursor }),
  }
}

/** How a list of one type is read, page by page. */
export const LIST_PAGES = { query: toQuery, keyOf: ({ type }: ListView) => type }
