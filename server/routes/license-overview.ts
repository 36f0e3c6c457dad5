/** What the renewal desk asks about many licenses at once. */
import { createRoute } from '@hono/zod-openapi'
import type { Temporal } from 'temporal-polyfill'
import {
  LicenseExpiries,
  LicenseExpiriesQuery,
  LicenseFilterQuery,
  LicenseIds,
} from '../contract/licenses.ts'
import { licenseExpiries, licenseIds } from '../db/queries/license-overview.ts'
import type { ExpiryGroup } from '../db/queries/license-overview.ts'
import { formatInstant, localDate } from '../domain/calendar.ts'
import { groupBy } from '../domain/group-by.ts'
import { hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { filterContext } from './filter-context.ts'
import { filterOf } from './license-page.ts'

export const licenseOverview = createApi<WidgetEnv>()

const MOST_IDS = 1000
const DEFAULT_MONTHS = 12
/** No zone is further from another: what lies outside is outside of every calendar. */
const ZONES_APART = { hours: 48 }

licenseOverview.openapi(
  createRoute({
    method: 'get',
    path: '/licenses/ids',
    security: hostToken,
    summary: 'Ids of all licenses that match',
    description: 'Soonest expiry first, at most 1,000; `count` tells how many match in all.',
    request: { query: LicenseFilterQuery },
    responses: { 200: json(LicenseIds, 'The ids'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const query = c.req.valid('query')
    const context = await filterContext(c, scope, query)
    const { now } = context
    const found = await licenseIds(c.var.deps.db, scope, {
      filter: filterOf(query, context),
      now,
      limit: MOST_IDS,
    })
    return c.json({ ids: [...found.ids], count: found.count, now: formatInstant(now) }, 200)
  },
)

licenseOverview.openapi(
  createRoute({
    method: 'get',
    path: '/licenses/expiries',
    security: hostToken,
    summary: 'How many licenses expire on which day',
    description:
      'From today on, by dates on the customer’s calendar; days without any are left out.',
    request: { query: LicenseExpiriesQuery },
    responses: { 200: json(LicenseExpiries, 'One entry per date'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const { months = DEFAULT_MONTHS, ...query } = c.req.valid('query')
    const context = await filterContext(c, scope, query)
    const { now } = context
    const furthest = localDate(now, 'UTC').add({ months }).toZonedDateTime('UTC').toInstant()
    const { zone, groups } = await licenseExpiries(c.var.deps.db, scope, {
      filter: filterOf(query, context),
      now,
      from: now.subtract(ZONES_APART),
      until: furthest.add(ZONES_APART),
    })
    const timeZone = zone ?? c.var.product.time_zone
    const from = localDate(now, timeZone)
    const to = from.add({ months })
    return c.json(
      {
        data: byDate(groups, from, to),
        from: from.toString(),
        to: to.toString(),
        now: formatInstant(now),
        time_zone: timeZone,
      },
      200,
    )
  },
)

function byDate(
  groups: readonly ExpiryGroup[],
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): LicenseExpiries['data'] {
  const dates = groupBy(groups, ({ endsAt, zone }) => localDate(endsAt, zone).toString())
  return [...dates]
    .filter(([date]) => date >= from.toString() && date < to.toString())
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([date, found]) => ({
      date,
      count: found.reduce((sum, { count }) => sum + count, 0),
      quantity: found.reduce((sum, { quantity }) => sum + quantity, 0),
    }))
}
