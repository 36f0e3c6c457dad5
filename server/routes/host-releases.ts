/** `/v1/host/releases`: a build publishes its versions (S83). */
import { createRoute, z } from '@hono/zod-openapi'
import {
  Release,
  ReleaseRequest,
  RolloutRequest,
  Version,
  YankRequest,
} from '../contract/releases.ts'
import { releasesOf } from '../db/queries/releases.ts'
import { parseInstant } from '../domain/calendar.ts'
import { invalidField } from '../domain/refusals.ts'
import { body, hostKey, json, refused } from '../http/answers.ts'
import type { HostEnv } from '../http/host-access.ts'
import { createApi } from '../http/validate.ts'
import { publishRelease, rollOutRelease, yankRelease } from '../usecases/publish-release.ts'
import { releaseAnswer } from './update-answer.ts'

const Releases = z.object({ data: z.array(Release) }).openapi('Releases')
const Named = z.object({ version: Version })

export const hostReleases = createApi<HostEnv>()

hostReleases.openapi(
  createRoute({
    method: 'get',
    path: '/',
    summary: 'Published versions, latest first',
    security: hostKey,
    responses: { 200: json(Releases, 'At most 500'), ...refused },
  }),
  async (c) => {
    const rows = await releasesOf(c.var.deps.db, c.var.host.productId)
    return c.json({ data: rows.map(releaseAnswer) }, 200)
  },
)

hostReleases.openapi(
  createRoute({
    method: 'post',
    path: '/',
    summary: 'Publish a version',
    description:
      'The same version with the same content is published once; other content under the same version is refused.',
    security: hostKey,
    request: { body: body(ReleaseRequest) },
    responses: { 200: json(Release, 'As it is published'), ...refused },
  }),
  async (c) => {
    const { version, channel, artifacts, reason, ...asked } = c.req.valid('json')
    const release = {
      product: c.var.host.productId,
      version,
      channel,
      artifacts,
      releasedAt: asked.released_at ? instantOf(asked.released_at) : null,
      notesUrl: asked.notes_url ?? null,
      rolloutPercent: asked.rollout_percent,
    }
    const account = { actor: c.var.host.actor, reason }
    return c.json(releaseAnswer(await publishRelease(c.var.deps, release, account)), 200)
  },
)

hostReleases.openapi(
  createRoute({
    method: 'post',
    path: '/{version}/rollout',
    summary: 'Offer a version to more, or fewer, installations',
    description: 'Who was offered it stays so while the percentage rises.',
    security: hostKey,
    request: { params: Named, body: body(RolloutRequest) },
    responses: { 200: json(Release, 'As it is offered now'), ...refused },
  }),
  async (c) => {
    const { rollout_percent: percent, reason } = c.req.valid('json')
    const name = { product: c.var.host.productId, version: c.req.valid('param').version }
    const account = { actor: c.var.host.actor, reason }
    return c.json(releaseAnswer(await rollOutRelease(c.var.deps, name, percent, account)), 200)
  },
)

hostReleases.openapi(
  createRoute({
    method: 'post',
    path: '/{version}/yank',
    summary: 'Withdraw a version',
    description: 'It is offered to nobody any more; installations that have it are told why.',
    security: hostKey,
    request: { params: Named, body: body(YankRequest) },
    responses: { 200: json(Release, 'Withdrawn'), ...refused },
  }),
  async (c) => {
    const name = { product: c.var.host.productId, version: c.req.valid('param').version }
    const account = { actor: c.var.host.actor, reason: c.req.valid('json').reason }
    return c.json(releaseAnswer(await yankRelease(c.var.deps, name, account)), 200)
  },
)

function instantOf(text: string) {
  try {
    return parseInstant(text)
  } catch {
    throw invalidField('/released_at', 'There is no such date.')
  }
}
