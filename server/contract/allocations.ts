/** `GET /w/{publishableKey}/allocations` and `.csv`: the Allocation Log (S33). */
import { z } from '@hono/zod-openapi'
import { BYS } from '../domain/allocation.ts'
import { CalendarDate, Instant } from './shared.ts'

export const AllocationFilter = z.object({
  license: z.string().max(64).optional().openapi({ description: 'lic_…' }),
  kind: z.enum(['unit', 'key']).optional().openapi({
    description: 'what became of units, or of keys and license files; everything when absent',
  }),
  from: CalendarDate.optional().openapi({ description: 'first UTC date' }),
  to: CalendarDate.optional().openapi({ description: 'last UTC date' }),
})
export type AllocationFilter = z.infer<typeof AllocationFilter>

export const AllocationQuery = AllocationFilter.extend({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(1000).optional(),
})

export const Allocation = z
  .object({
    id: z.string(),
    at: Instant,
    license_id: z.string(),
    plan_name: z.string(),
    /** A word such as `activated` or `key_revealed`; show one that you do not know as it is. */
    event: z.string(),
    kind: z.enum(['unit', 'key', 'license']),
    /** Name of the installation. */
    who: z.string().nullable(),
    fingerprint: z.string().nullable(),
    /** One-time licenses: what used the unit. */
    reference: z.string().nullable(),
    /** Units in use afterwards. */
    in_use: z.number().int().nullable(),
    by: z.enum(BYS),
    /** Of a unit that moves: why it was decided so, or else why it was asked for. */
    reason: z.string().nullable(),
  })
  .openapi('Allocation')
export type Allocation = z.infer<typeof Allocation>

export const AllocationList = z
  .object({ data: z.array(Allocation), next_cursor: z.string().nullable(), now: Instant })
  .openapi('AllocationList')
export type AllocationList = z.infer<typeof AllocationList>
