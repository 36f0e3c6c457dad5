/**
 * Private links to the renewal of some licenses (S79, design section 6). The token is 256 bits that
 * nobody can guess without our secret, made from the id of its row whenever it is written into a
 * mail; the row keeps its HMAC only. A second sending of the mail carries the same link (C17).
 */
import type { Query } from '../db/commit.ts'
import { renewLinks } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../domain/ids.ts'
import { privateToken } from './private-token.ts'

export interface NewRenewLink {
  readonly productId: string
  readonly customerId: Id<'cus'>
  readonly licenseIds: readonly Id<'lic'>[]
  /** Exclusive. */
  readonly expiresAt: Temporal.Instant
}

/** The row of a new link, for the batch that writes its mail. */
export async function newRenewLink(
  deps: Deps,
  link: NewRenewLink,
): Promise<{ readonly id: Id<'rnl'>; readonly query: Query }> {
  const id = deps.newId('rnl')
  const tokenHash = await renewTokenHash(deps, await renewToken(deps, id))
  const row = { ...link, id, tokenHash, createdAt: deps.now(), revokedAt: null }
  return { id, query: deps.db.orm.insert(renewLinks).values(row) }
}

/** 43 characters of base64url. */
export function renewToken(deps: Pick<Deps, 'secrets'>, id: Id<'rnl'>): Promise<string> {
  return privateToken(deps, `renew-link:${id}`)
}

/** By which a token that somebody brings is looked up; the same work for every text. */
export function renewTokenHash(deps: Pick<Deps, 'secrets'>, token: string): Promise<string> {
  return privateToken(deps, `renew-token:${token}`)
}

export async function renewUrl(deps: Deps, id: Id<'rnl'>): Promise<string> {
  return `${deps.config.centerOrigin}/renew/${await renewToken(deps, id)}`
}
