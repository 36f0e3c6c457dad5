/** A customer's licenses: list, export, one. */
import { createRoute, z } from '@hono/zod-openapi'
import { License, LicenseList, LicenseQuery } from '../contract/licenses.ts'
import { listLicenses, readLicenses } from '../db/queries/licenses.ts'
import { formatInstant } from '../domain/calendar.ts'
import { Refused } from '../domain/refusals.ts'
import { hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { filterContext } from './filter-context.ts'
import { licenseAnswer } from './license-answer.ts'
import { licensesCsv } from './license-csv.ts'
import { cursorOf, pageOf } from './license-page.ts'
import { readingOf } from './license-reading.ts'

export const licenses = createApi<WidgetEnv>()

licenses.openapi(
  createRoute({
    method: 'get',
    path: '/licenses',
    security: hostToken,
    summary: 'List licenses',
    description: 'Sorted and paged by the server; `next_cursor` leads to the next page.',
    request: { query: LicenseQuery },
    responses: { 200: json(LicenseList, 'One page'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const query = c.req.valid('query')
    const page = pageOf(query, await filterContext(c, scope, query))
    const found = await listLicenses(c.var.deps.db, scope, page)
    const { rows, hasMore, count, modeCounts, unusedSoon } = found
    const last = rows.at(-1)
    const reading = readingOf(c, page.now)
    return c.json(
      {
        data: rows.map(({ license }) => licenseAnswer(license, reading)),
        next_cursor:
          hasMore && last !== undefined
            ? cursorOf(query, page, { value: last.sortValue, id: last.license.license.id })
            : null,
        count,
        ...(query.counts === undefined ? {} : { mode_counts: modeCounts }),
        unused_soon: unusedSoon && {
          licenses: unusedSoon.licenses,
          units: unusedSoon.units,
          type: unusedSoon.type,
          expires_at: formatInstant(unusedSoon.endsAt),
          time_zone: unusedSoon.zone,
        },
        now: formatInstant(page.now),
      },
      200,
    )
  },
)

licenses.openapi(
  createRoute({
    method: 'get',
    path: '/licenses.csv',
    security: hostToken,
    summary: 'Export licenses',
    description: 'Everything that matches the filter, in its order. UTF-8 with BOM, RFC 4180.',
    request: { query: LicenseQuery.omit({ limit: true, cursor: true, counts: true }) },
    responses: {
      200: { description: 'The export', content: { 'text/csv': { schema: z.string() } } },
      ...refused,
    },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const query = c.req.valid('query')
    const page = pageOf(query, await filterContext(c, scope, query))
    const day = page.now.toZonedDateTimeISO('UTC').toPlainDate().toString()
    return c.body(await licensesCsv(c.var.deps.db, scope, page), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="licenses-${day}.csv"`,
    })
  },
)

licenses.openapi(
  createRoute({
    method: 'get',
    path: '/licenses/{id}',
    security: hostToken,
    summary: 'Read one license',
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: json(License, 'The license as it is now'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const { db, now } = c.var.deps
    const [found] = await readLicenses(db, scope, [c.req.valid('param').id])
    if (found === undefined) throw new Refused('license.not_found')
    return c.json(licenseAnswer(found, readingOf(c, now())), 200)
  },
)
