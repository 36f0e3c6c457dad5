/** `/w/{key}/licenses/{id}/…`: the installations that use a license, and what they are given. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  ActivateByCodeBody,
  ActivatedByCode,
  FileQuery,
  Installation,
  InstallationList,
  InstallationQuery,
  ReleaseBody,
} from '../contract/installations.ts'
import { readOwnCaller } from '../db/queries/activations.ts'
import { listInstallations } from '../db/queries/installations.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { formatInstant } from '../domain/calendar.ts'
import { planOf } from '../domain/plan.ts'
import { Refused } from '../domain/refusals.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { activateByCode } from '../usecases/activate-by-code.ts'
import { fileForCustomer } from '../usecases/issue-file.ts'
import { releaseInstallation } from '../usecases/release-installation.ts'
import { cursorText, readCursor } from './cursor.ts'
import { rebinds } from './rebinds.ts'
import { installationAnswer } from './installation-answer.ts'

const DEFAULT_LIMIT = 50

export const installations = createApi<WidgetEnv>()

const ofLicense = z.object({ id: z.string() })
const Cursor = z.object({ active: z.number(), seenMs: z.number(), id: z.string() })

installations.openapi(
  createRoute({
    method: 'get',
    path: '/licenses/{id}/activations',
    security: hostToken,
    summary: 'List the installations of a license',
    description: 'Those that hold a unit first, then by their last sign of life.',
    request: { params: ofLicense, query: InstallationQuery },
    responses: { 200: json(InstallationList, 'One page'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const { state = null, limit = DEFAULT_LIMIT, cursor } = c.req.valid('query')
    const after = cursor === undefined ? null : readCursor(Cursor, cursor)
    const page = { licenseId: c.req.valid('param').id, state, limit, after }
    const found = await listInstallations(c.var.deps.db, scope, page)
    if (found === null) throw new Refused('license.not_found')
    const reading = readingOf(c, found.license)
    const last = found.hasMore ? found.rows.at(-1)?.installation : undefined
    return c.json(
      {
        data: found.rows.map(({ installation, rebind }) =>
          installationAnswer(installation, rebind, reading),
        ),
        next_cursor: last
          ? cursorText({
              active: last.state === 'active' ? 1 : 0,
              seenMs: last.lastSeenAt.epochMilliseconds,
              id: last.id,
            })
          : null,
        count: found.count,
        now: formatInstant(reading.now),
      },
      200,
    )
  },
)

installations.openapi(
  createRoute({
    method: 'post',
    path: '/licenses/{id}/release',
    security: hostToken,
    summary: 'Give the unit of an installation back',
    description:
      'Safe to repeat. A host without a network proves by its deactivation code that it forgot its activation. Needs the scope `manage`.',
    request: { params: ofLicense, body: body(ReleaseBody) },
    responses: { 200: json(Installation, 'The installation, deactivated'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const asked = c.req.valid('json')
    const row = await releaseInstallation(c.var.deps, scope, {
      licenseId: c.req.valid('param').id,
      activationId: asked.activation_id ?? null,
      deactivationCode: asked.deactivation_code ?? null,
    })
    const reading = { minutes: undefined, now: c.var.deps.now() }
    return c.json(installationAnswer(row, null, reading), 200)
  },
)

installations.openapi(
  createRoute({
    method: 'post',
    path: '/licenses/{id}/activation-code',
    security: hostToken,
    summary: 'Activate a host that has no network',
    description:
      'Takes its registration code for a call of it. The same code again is the same activation. Needs the scope `manage`.',
    request: { params: ofLicense, body: body(ActivateByCodeBody) },
    responses: { 200: json(ActivatedByCode, 'What to type at the host'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const { deps, product } = c.var
    const { id } = c.req.valid('param')
    const asked = c.req.valid('json')
    const request = {
      registrationCode: asked.registration_code,
      name: asked.name ?? null,
      actor: null,
    }
    const done = await activateByCode(deps, product, request, (asking) =>
      readOwnCaller(deps.db, scope, id, asking),
    )
    return c.json(
      {
        activation_code: done.code,
        activation: installationAnswer(done.activation, null, readingOf(c, done.license)),
        expires_at: formatInstant(done.license.endsAt),
        grace_until: formatInstant(done.times.graceUntil),
        now: formatInstant(done.at),
      },
      200,
    )
  },
)

installations.route('/', rebinds)

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

function readingOf({ var: { deps, product } }: Context<WidgetEnv>, { planId }: LicenseRow) {
  return { minutes: planOf(product, planId)?.heartbeat_minutes, now: deps.now() }
}
