/**
 * Keys of a product: created beside the ones in use, and revoked when nobody needs them any more.
 * Each change is a new version of the catalogue in force, so every process sees it within seconds.
 */
import { forgetCurrent, latestCatalogue, versionOf } from '../db/catalogue-store.ts'
import { decideAndCommit } from '../db/commit.ts'
import type { CommitDeps, Decision } from '../db/commit.ts'
import { CatalogueDocument } from '../domain/catalogue.ts'
import { withHostKey, withoutKey, withPublishableKey } from '../domain/product-keys.ts'
import type { HostKey, NamedKey } from '../domain/product-keys.ts'
import { Refused } from '../domain/refusals.ts'
import { KEY_REVOKED, versionChange } from './apply-catalogue.ts'

export interface Account {
  readonly actor: string
  readonly reason: string
}

export type NewKey =
  | { readonly kind: 'publishable'; readonly key: string }
  | { readonly kind: 'host'; readonly key: HostKey }

/** @returns the version in force from now on. @throws Refused `product.not_found`, `product_key.taken` */
export function createProductKey(
  deps: CommitDeps,
  product: string,
  made: NewKey,
  account: Account,
): Promise<string> {
  const key = made.kind === 'publishable' ? made.key : made.key.kid
  return change(deps, { product, key }, account, 'product.key_created', (document) =>
    made.kind === 'publishable'
      ? withPublishableKey(document, { product, key })
      : withHostKey(document, product, made.key),
  )
}

/**
 * What is signed or sent with it is refused from the next reading of the catalogue on, at most half
 * a minute later (T06). @throws Refused `product.not_found`, `product_key.not_found`, `product_key.last`
 */
export function revokeProductKey(
  deps: CommitDeps,
  named: NamedKey,
  account: Account,
): Promise<string> {
  return change(deps, named, account, KEY_REVOKED, (document) => withoutKey(document, named))
}

async function change(
  deps: CommitDeps,
  named: NamedKey,
  { actor, reason }: Account,
  type: string,
  decide: (document: CatalogueDocument) => CatalogueDocument,
): Promise<string> {
  const version = await decideAndCommit(deps, {}, async (): Promise<Decision<string>> => {
    const latest = await latestCatalogue(deps.db)
    if (latest === null) throw new Refused('catalogue.not_applied')
    const document = CatalogueDocument.parse(decide(latest.document))
    const next = { document, version: await versionOf(document) }
    const data = { ...named, version: next.version, previous: latest.version, reason }
    return {
      change: versionChange(deps, latest, next, { type, actor, data }),
      result: next.version,
    }
  })
  forgetCurrent(deps.db)
  return version
}
