/** `/w/{key}/licenses/{id}/…`: the installations that use a license, and what they are given. */
import { createRoute, z } from '@hono/zod-openapi'
import { FileQuery } from '../contract/installations.ts'
import { hostToken, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { fileForCustomer } from '../usecases/issue-file.ts'

export const installations = createApi<WidgetEnv>()

const ofLicense = z.object({ id: z.string() })

installations.openapi(
  createRoute({
    method: 'get',
    path: '/licenses/{id}/file',
    security: hostToken,
    summary: 'Download a license file',
    description:
      'One signed JWS for one active installation, good until the license and its grace end. Each download is journaled. Needs the scope `manage`.',
    request: { params: ofLicense, query: FileQuery },
    responses: {
      200: { description: 'The file', content: { 'application/jwt': { schema: z.string() } } },
      ...refused,
    },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const { id } = c.req.valid('param')
    const activationId = c.req.valid('query').activation ?? null
    const { deps, product } = c.var
    const file = await fileForCustomer(deps, scope, product, { licenseId: id, activationId })
    return c.body(file, 200, {
      'Content-Type': 'application/jwt',
      'Content-Disposition': `attachment; filename="${id}.license.jwt"`,
    })
  },
)
