/** Which of the four tabs of the renewal desk licenses are in (S44, S46). */
import { createRoute } from '@hono/zod-openapi'
import { readLicenses } from '../db/queries/licenses.ts'
import { RenewalModeAnswer, RenewalModeRequest } from '../contract/renewals.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { clientAddress } from '../http/client-address.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { changeRenewalMode } from '../usecases/change-renewal-mode.ts'
import { licenseAnswer } from './license-answer.ts'
import { readingOf } from './license-reading.ts'

export const renewalModes = createApi<WidgetEnv>()

renewalModes.openapi(
  createRoute({
    method: 'post',
    path: '/renewals/mode',
    security: hostToken,
    summary: 'Move licenses to another renewal mode',
    description:
      'All or none; repeating it changes nothing. `auto` and `pay_per_use` need a saved payment ' +
      'method and the version of the words that were agreed to.',
    request: { body: body(RenewalModeRequest) },
    responses: { 200: json(RenewalModeAnswer, 'The licenses as they are now'), ...refused },
  }),
  async (c) => {
    const { scope, identity } = customerOf(c, 'manage')
    const { license_ids, mode, consent } = c.req.valid('json')
    const rows = await changeRenewalMode(c.var.deps, c.var.product, {
      scope,
      licenseIds: license_ids,
      mode,
      noticesVersion: consent?.notices_version ?? null,
      buyer: {
        email: identity.email,
        name: identity.name,
        locale: identity.locale,
        ip: clientAddress(c),
        userAgent: c.req.header('User-Agent')?.slice(0, 500) ?? null,
      },
    })
    const ids = rows.map(({ id }) => id)
    const listed = await readLicenses(c.var.deps.db, scope, ids)
    const reading = readingOf(c, c.var.deps.now())
    const data = ids.flatMap((id) =>
      listed.filter(({ license }) => license.id === id).map((one) => licenseAnswer(one, reading)),
    )
    return c.json({ data }, 200)
  },
)
