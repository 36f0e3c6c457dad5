/**
 * From a private renew link to a short session of the widget API. Opening the page mints nothing:
 * mail scanners open pages (N08); a button does. The session is a signed token that names its link,
 * and each request looks the link up again, so revoking it works at once.
 */
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { decideAndCommit, exactly } from '../db/commit.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { streamVersion } from '../db/journal.ts'
import { findRenewLink, readRenewLink, type OpenRenewLink } from '../db/queries/renew-links.ts'
import { renewLinks } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { isId, type Id } from '../domain/ids.ts'
import { Refused } from '../domain/refusals.ts'
import { renewTokenHash } from './renew-link.ts'

const TOKEN_TYPE = 'license-renew+jwt'
/** As long as a quote lives. */
const LIFETIME_SECONDS = 1800

/** The same work for every text that poses as a token (N09); null for all that open nothing. */
export async function openRenewLink(deps: Deps, token: string): Promise<OpenRenewLink | null> {
  return findRenewLink(deps.db, await renewTokenHash(deps, token.slice(0, 100)), deps.now())
}

export function mintRenewSession(deps: Deps, { link }: OpenRenewLink): Promise<string> {
  const issuedAt = Math.floor(deps.now().epochMilliseconds / 1000)
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: TOKEN_TYPE })
    .setIssuer(deps.config.centerOrigin)
    .setAudience(link.productId)
    .setSubject(link.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(deps.secrets.linkToken)
}

/** True for a token that claims to be such a session. */
export function isRenewSession(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === TOKEN_TYPE
  } catch {
    return false
  }
}

/** @throws Refused `token.invalid`, whatever is wrong */
export async function readRenewSession(
  deps: Deps,
  productId: string,
  token: string,
): Promise<OpenRenewLink> {
  const subject = await verifiedSubject(deps, productId, token).catch(() => null)
  const found =
    subject !== null && isId('rnl', subject)
      ? await readRenewLink(deps.db, subject, deps.now())
      : null
  if (found === null || found.link.productId !== productId) throw new Refused('token.invalid')
  return found
}

async function verifiedSubject(
  deps: Deps,
  productId: string,
  token: string,
): Promise<string | null> {
  const { payload } = await jwtVerify(token, deps.secrets.linkToken, {
    algorithms: ['HS256'],
    typ: TOKEN_TYPE,
    issuer: deps.config.centerOrigin,
    audience: productId,
    currentDate: new Date(deps.now().epochMilliseconds),
    requiredClaims: ['sub', 'iat', 'exp'],
  })
  return payload.sub ?? null
}

/** Ends a link and its sessions; a link that is ended or absent already changes nothing. */
export async function revokeRenewLink(
  deps: Deps,
  id: Id<'rnl'>,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<void> {
  await decideAndCommit(deps, {}, async () => {
    const stream = `renew_link:${id}`
    const [row] = await deps.db.orm
      .select()
      .from(renewLinks)
      .where(and(eq(renewLinks.id, id), isNull(renewLinks.revokedAt)))
    if (row === undefined) return { change: null, result: null }
    const version = (await streamVersion(deps.db, stream)) + 1
    const { productId } = row
    const entry = {
      stream,
      version,
      type: 'renew_link.revoked',
      actor,
      productId,
      data: { reason },
    }
    const revoke = deps.db.orm
      .update(renewLinks)
      .set({ revokedAt: deps.now() })
      .where(and(eq(renewLinks.id, id), isNull(renewLinks.revokedAt)))
    return { change: { journal: [entry], statements: [exactly(revoke, 1)] }, result: null }
  })
}
