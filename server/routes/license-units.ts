/** `/w/{key}/licenses/{id}/units`: what used each unit of a one-time license (S24, S30). */
import { createRoute, z } from '@hono/zod-openapi'
import { UnitList, UnitQuery } from '../contract/installations.ts'
import type { Unit } from '../contract/installations.ts'
import type { UnitRow } from '../db/queries/activations.ts'
import { listUnits } from '../db/queries/license-units.ts'
import { formatInstant } from '../domain/calendar.ts'
import { Refused } from '../domain/refusals.ts'
import { hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { cursorText, readCursor } from './cursor.ts'

const DEFAULT_LIMIT = 50

export const licenseUnits = createApi<WidgetEnv>()

const Cursor = z.object({ reservedMs: z.number(), reference: z.string() })

licenseUnits.openapi(
  createRoute({
    method: 'get',
    path: '/licenses/{id}/units',
    security: hostToken,
    summary: 'List what used the units of a one-time license',
    description:
      'Newest first. A license that is not one-time has no such units: `data` is empty, and `reserved` counts its installations.',
    request: { params: z.object({ id: z.string() }), query: UnitQuery },
    responses: { 200: json(UnitList, 'One page'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const { limit = DEFAULT_LIMIT, cursor } = c.req.valid('query')
    const after = cursor === undefined ? null : readCursor(Cursor, cursor)
    const page = { licenseId: c.req.valid('param').id, limit, after }
    const found = await listUnits(c.var.deps.db, scope, page)
    if (found === null) throw new Refused('license.not_found')
    const { total, reserved, consumed } = found.license
    const last = found.hasMore ? found.rows.at(-1) : undefined
    return c.json(
      {
        data: found.rows.map(unitAnswer),
        next_cursor: last
          ? cursorText({
              reservedMs: last.reservedAt.epochMilliseconds,
              reference: last.reference,
            })
          : null,
        count: found.count,
        total,
        reserved,
        consumed,
        left: total - reserved - consumed,
        now: formatInstant(c.var.deps.now()),
      },
      200,
    )
  },
)

function unitAnswer({ reference, use, reservedAt, endedAt }: UnitRow): Unit {
  return {
    reference,
    use,
    reserved_at: formatInstant(reservedAt),
    ended_at: endedAt && formatInstant(endedAt),
  }
}
