import type { License, LicenseList, LicenseQuery } from '../../../server/contract/licenses.ts'
import type { Client } from '../../api/client.ts'

/** That the API gives at once. */
const MOST_ROWS = 200

/** All pages of a query, first to expire first, as far as they are taken; ends where an answer is lost. */
export async function* pagesOf(
  client: Client,
  query: LicenseQuery,
): AsyncGenerator<readonly License[]> {
  let next: LicenseQuery | null = { ...query, sort: 'expires_at', limit: MOST_ROWS }
  while (next !== null) {
    const list: LicenseList | null = await client.licenses(next).catch(() => null)
    if (list !== null) yield list.data
    const cursor: string | null = list?.next_cursor ?? null
    next = cursor === null ? null : { ...next, cursor }
  }
}
