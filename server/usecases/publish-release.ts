/** Versions of a product: published, offered to more and more installations, withdrawn (S83). */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { currentCatalogue } from '../db/catalogue-store.ts'
import { decideAndCommit, exactly } from '../db/commit.ts'
import type { Change, Decision } from '../db/commit.ts'
import { readRelease, type ReleaseRow } from '../db/queries/releases.ts'
import { releases } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import { Refused } from '../domain/refusals.ts'
import type { Artifact, ReleaseChannel } from '../domain/release.ts'

export interface Account {
  /** `operator:…` or `host:…`. */
  readonly actor: string
  readonly reason: string
}

export interface NewRelease {
  readonly product: string
  readonly version: string
  readonly channel: ReleaseChannel
  /** Null: now. In the future: offered from then on. */
  readonly releasedAt: Temporal.Instant | null
  readonly notesUrl: string | null
  readonly artifacts: readonly Artifact[]
  readonly rolloutPercent: number
}

/**
 * The same version with the same content is published once, whatever is repeated.
 *
 * @throws Refused `product.not_found`; `release.exists` when it was published with other content
 */
export function publishRelease(
  deps: Deps,
  { product, ...release }: NewRelease,
  account: Account,
): Promise<ReleaseRow> {
  const row: ReleaseRow = {
    ...release,
    id: deps.newId('rls'),
    productId: product,
    releasedAt: wholeSecond(release.releasedAt ?? deps.now()),
    yankedAt: null,
    yankReason: null,
    rowVersion: 1,
  }
  return decideAndCommit(deps, {}, async (): Promise<Decision<ReleaseRow>> => {
    const catalogue = await currentCatalogue(deps.db, deps.now())
    const products = catalogue?.document.products ?? []
    if (!products.some(({ id }) => id === product)) throw new Refused('product.not_found')
    const earlier = await readRelease(deps.db, product, row.version)
    if (earlier !== null) {
      if (contentOf(earlier) !== contentOf(row)) throw new Refused('release.exists')
      return { change: null, result: earlier }
    }
    const statements = [deps.db.orm.insert(releases).values(row)]
    return { change: changeOf(row, 'release.published', account, statements), result: row }
  })
}

/** What cannot change under a version: everything but when it came and who is offered it. */
function contentOf({ channel, notesUrl, artifacts }: ReleaseRow): string {
  const files = artifacts.map(({ name, url, size, sha256 }) => [name, url, size, sha256])
  return JSON.stringify([channel, notesUrl, files])
}

export interface ReleaseName {
  readonly product: string
  readonly version: string
}

/** @param percent  0–100 of the installations. @throws Refused `release.not_found` */
export function rollOutRelease(
  deps: Deps,
  name: ReleaseName,
  percent: number,
  account: Account,
): Promise<ReleaseRow> {
  return changed(deps, name, account, 'release.rolled_out', () => ({ rolloutPercent: percent }))
}

/** It is offered to nobody any more; its reason is told to those who have it. @throws Refused `release.not_found` */
export function yankRelease(deps: Deps, name: ReleaseName, account: Account): Promise<ReleaseRow> {
  return changed(deps, name, account, 'release.yanked', ({ yankedAt, yankReason }) => ({
    yankedAt: yankedAt ?? wholeSecond(deps.now()),
    yankReason: yankReason ?? account.reason,
  }))
}

/** What is so already changes nothing. */
function changed(
  deps: Deps,
  { product, version }: ReleaseName,
  account: Account,
  type: string,
  change: (row: ReleaseRow) => Partial<ReleaseRow>,
): Promise<ReleaseRow> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<ReleaseRow>> => {
    const row = await readRelease(deps.db, product, version)
    if (row === null) throw new Refused('release.not_found')
    const set = change(row)
    const isSame =
      (set.rolloutPercent ?? row.rolloutPercent) === row.rolloutPercent &&
      (set.yankedAt === undefined || row.yankedAt !== null)
    if (isSame) return { change: null, result: row }
    const next = { ...row, ...set, rowVersion: row.rowVersion + 1 }
    const update = deps.db.orm
      .update(releases)
      .set({ ...set, rowVersion: next.rowVersion })
      .where(eq(releases.id, row.id))
    return { change: changeOf(next, type, account, [exactly(update, 1)]), result: next }
  })
}

function changeOf(
  row: ReleaseRow,
  type: string,
  { actor, reason }: Account,
  statements: Change['statements'],
): Change {
  const { version, channel, rolloutPercent } = row
  return {
    journal: [
      {
        stream: `release:${row.id}`,
        version: row.rowVersion,
        type,
        actor,
        productId: row.productId,
        data: { version, channel, rollout_percent: rolloutPercent, reason },
      },
    ],
    statements,
  }
}
