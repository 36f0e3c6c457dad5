/** `/w/{publishableKey}/licenses/{id}/…`: what uses a license. */
import { z } from '@hono/zod-openapi'

export const FileQuery = z.object({
  activation: z.string().max(64).optional().openapi({
    description: 'act_…; may be left out where exactly one installation is active',
  }),
})
