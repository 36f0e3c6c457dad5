/** Puts a catalogue in force as a new immutable version (design section 5). */
import {
  forgetCurrent,
  latestCatalogue,
  storeVersion,
  versionOf,
  type StoredCatalogue,
} from '../db/catalogue-store.ts'
import { decideAndCommit } from '../db/commit.ts'
import type { Change, CommitDeps, Decision } from '../db/commit.ts'
import { entriesOfType } from '../db/journal.ts'
import type { Database } from '../db/open.ts'
import type { CatalogueDocument } from '../domain/catalogue.ts'
import { lostKeys, revivedKeys, type NamedKey } from '../domain/product-keys.ts'
import { Refused } from '../domain/refusals.ts'

export interface CatalogueCommand {
  readonly document: CatalogueDocument
  readonly actor: string
  readonly reason: string
  /**
   * `guarded`: a key in use is not lost and a revoked one not revived, since a file may be older than
   * the keys. `as_written`: the file alone decides.
   */
  readonly keys: 'guarded' | 'as_written'
}

export interface AppliedCatalogue {
  readonly version: string
  /** Null for the first one. */
  readonly previous: string | null
  /** False when the document was in force already: nothing is stored then. */
  readonly isNew: boolean
}

export const CATALOGUE_STREAM = 'catalogue'
export const KEY_REVOKED = 'product.key_revoked'

/** @throws Refused `catalogue.keys_missing`, `product_key.revoked` */
export async function applyCatalogue(
  deps: CommitDeps,
  command: CatalogueCommand,
): Promise<AppliedCatalogue> {
  const { document, actor, reason } = command
  const version = await versionOf(document)
  const result = await decideAndCommit(deps, {}, async (): Promise<Decision<AppliedCatalogue>> => {
    const latest = await latestCatalogue(deps.db)
    const previous = latest?.version ?? null
    if (previous === version) return { change: null, result: { version, previous, isNew: false } }
    if (command.keys === 'guarded') await guardKeys(deps.db, latest, document)
    const entry = { type: 'catalogue.applied', actor, data: { version, previous, reason } }
    const change = versionChange(deps, latest, { version, document }, entry)
    return { change, result: { version, previous, isNew: true } }
  })
  forgetCurrent(deps.db)
  return result
}

/** The next version and its journal entry; whoever applied another one in between wins. */
export function versionChange(
  { db, now }: CommitDeps,
  latest: StoredCatalogue | null,
  next: { readonly version: string; readonly document: CatalogueDocument },
  entry: { type: string; actor: string; data: Record<string, unknown> },
): Change {
  const sequence = (latest?.sequence ?? 0) + 1
  return {
    journal: [{ stream: CATALOGUE_STREAM, version: sequence, productId: null, ...entry }],
    statements: [storeVersion(db, now(), { ...next, sequence })],
  }
}

async function guardKeys(
  db: Database,
  latest: StoredCatalogue | null,
  document: CatalogueDocument,
): Promise<void> {
  const lost = latest === null ? [] : lostKeys(latest.document, document)
  if (lost.length > 0) {
    throw new Refused('catalogue.keys_missing', {
      detail: `In use, and not in this catalogue: ${listed(lost)}. Add them to it, or revoke them first (product keys revoke).`,
    })
  }
  const revoked = await entriesOfType(db, { stream: CATALOGUE_STREAM, type: KEY_REVOKED })
  const revived = revivedKeys(
    document,
    revoked.map(({ data }) => ({ product: String(data['product']), key: String(data['key']) })),
  )
  if (revived.length > 0) {
    throw new Refused('product_key.revoked', {
      detail: `Revoked before, and in this catalogue: ${listed(revived)}. Take them out of it.`,
    })
  }
}

function listed(keys: readonly NamedKey[]): string {
  return keys.map(({ product, key }) => `${key} (${product})`).join(', ')
}
