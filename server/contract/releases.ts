/** `/v1/updates/check` and `/v1/host/releases`: versions of a product as they cross the wire. */
import { z } from '@hono/zod-openapi'
import { RELEASE_CHANNELS } from '../domain/release.ts'
import { SEMVER, SEMVER_MAX_LENGTH } from '../domain/semver.ts'
import { UPDATE_ANSWERS } from '../domain/update.ts'
import { VALIDATION_CODES } from '../domain/validation-codes.ts'
import { Amount, Currency, Instant } from './shared.ts'

export const Version = z
  .string()
  .max(SEMVER_MAX_LENGTH)
  .regex(SEMVER, 'a version by Semantic Versioning, such as 2.4.1')
  .openapi({ example: '2.4.1' })
const Channel = z.enum(RELEASE_CHANNELS)
const https = z
  .string()
  .max(2000)
  .regex(/^https:\/\/[^\s/@]+(\/\S*)?$/, 'an https address without credentials')
  .openapi({ example: 'https://downloads.example.com/recover-2.4.1-x64.deb' })

export const Artifact = z
  .strictObject({
    name: z.string().min(1).max(255).openapi({ example: 'recover-2.4.1-x64.deb' }),
    url: https,
    /** Bytes. */
    size: z.number().int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits, lower case'),
  })
  .openapi('Artifact')

export const Release = z
  .object({
    version: z.string(),
    channel: Channel,
    released_at: Instant,
    notes_url: z.string().nullable(),
    artifacts: z.array(Artifact),
    /** Of the installations that are offered it. */
    rollout_percent: z.number().int(),
    yanked_at: Instant.nullable(),
    yank_reason: z.string().nullable(),
  })
  .openapi('Release')
export type Release = z.infer<typeof Release>

export const ReleaseRequest = z
  .strictObject({
    version: Version,
    channel: Channel.default('stable'),
    /** Now when absent. */
    released_at: Instant.nullish(),
    notes_url: https.nullish(),
    artifacts: z.array(Artifact).max(50).default([]),
    rollout_percent: z.number().int().min(0).max(100).default(100),
    reason: z.string().min(1).max(500),
  })
  .openapi('ReleaseRequest')
export type ReleaseRequest = z.infer<typeof ReleaseRequest>

export const RolloutRequest = z
  .strictObject({
    rollout_percent: z.number().int().min(0).max(100),
    reason: z.string().min(1).max(500),
  })
  .openapi('RolloutRequest')

export const YankRequest = z
  .strictObject({ reason: z.string().min(1).max(500) })
  .openapi('YankRequest')

export const UpdateQuestionBody = z
  .strictObject({
    key: z.string().min(1).max(200),
    product: z.string().min(1).max(64),
    /** Of the installation; without it the license alone is asked about. */
    fingerprint: z.string().min(1).max(255).nullish(),
    /** What is installed. */
    version: Version,
    channel: Channel.default('stable'),
    nonce: z.string().max(255).nullish(),
  })
  .openapi('UpdateQuestion')
export type UpdateQuestionBody = z.infer<typeof UpdateQuestionBody>

export const Update = z
  .object({
    answer: z.enum(UPDATE_ANSWERS),
    /** Of the license, as a check would answer. */
    code: z.enum(VALIDATION_CODES),
    /** The answer as a sentence for a person. */
    reason: z.string(),
    /** What to install; null when there is nothing newer that the license covers. */
    release: Release.pick({
      version: true,
      channel: true,
      released_at: true,
      notes_url: true,
      artifacts: true,
    }).nullable(),
    /** JWS over the release (`typ: release+jwt`), by a key of the JWKS: compare the download with its digests. */
    manifest: z.string().nullable(),
    /** The newest version that is offered at all. */
    latest: z.string().nullable(),
    /** The newest version that the license covers. */
    last_eligible: z.string().nullable(),
    /** The installed version was withdrawn, and why. */
    yanked: z.string().nullable(),
    /** What one cycle costs that would bring the newest version. */
    renewal: z.object({ amount: Amount, currency: Currency }).nullable(),
    /** What the same units cost anew, where the license has ended for good: it cannot be renewed. */
    purchase: z.object({ amount: Amount, currency: Currency }).nullable(),
    nonce: z.string().nullable(),
    now: Instant,
  })
  .openapi('Update')
export type Update = z.infer<typeof Update>
