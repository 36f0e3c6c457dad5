/** Catalogue versions: immutable once stored, so each is read and parsed once per process. */
import { desc, eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { CatalogueDocument } from '../domain/catalogue.ts'
import type { Catalogue, CurrentProduct, Product } from '../domain/catalogue.ts'
import type { Query } from './commit.ts'
import type { Database } from './open.ts'
import { catalogueVersions } from './schema.ts'

/** For how long a process may serve a catalogue that another one has replaced. */
const FRESH_MS = 30_000

interface Shelf {
  readonly versions: Map<string, Catalogue>
  current: { readonly catalogue: Catalogue; readonly readAtMs: number } | null
}

const shelves = new WeakMap<Database['place'], Shelf>()

/** The version in force; null before the first one is applied. */
export async function currentCatalogue(
  db: Database,
  now: Temporal.Instant,
): Promise<Catalogue | null> {
  const shelf = shelfOf(db)
  const ageMs = now.epochMilliseconds - (shelf.current?.readAtMs ?? -Infinity)
  if (shelf.current !== null && ageMs >= 0 && ageMs < FRESH_MS) return shelf.current.catalogue
  const [row] = await db.orm
    .select()
    .from(catalogueVersions)
    .orderBy(desc(catalogueVersions.sequence))
    .limit(1)
  if (row === undefined) return null
  const catalogue = shelf.versions.get(row.version) ?? shelve(shelf, row)
  shelf.current = { catalogue, readAtMs: now.epochMilliseconds }
  return catalogue
}

export async function findProduct(
  db: Database,
  now: Temporal.Instant,
  publishableKey: string,
): Promise<CurrentProduct | null> {
  const catalogue = await currentCatalogue(db, now)
  const product = catalogue?.document.products.find((candidate) =>
    candidate.publishable_keys.includes(publishableKey),
  )
  if (catalogue === null || product === undefined) return null
  return { product, catalogueVersion: catalogue.version }
}

/** The product as it was sold under that version. @throws Error when the version was never stored (a bug) */
export async function productAt(
  db: Database,
  version: string,
  productId: string,
): Promise<Product> {
  const shelf = shelfOf(db)
  let catalogue = shelf.versions.get(version)
  if (catalogue === undefined) {
    const [row] = await db.orm
      .select()
      .from(catalogueVersions)
      .where(eq(catalogueVersions.version, version))
    if (row === undefined) throw new Error(`catalogue version ${version} is not stored`)
    catalogue = shelve(shelf, row)
  }
  const product = catalogue.document.products.find(({ id }) => id === productId)
  if (product === undefined) throw new Error(`catalogue ${version} has no product ${productId}`)
  return product
}

export interface StoredCatalogue extends Catalogue {
  /** The highest one is in force. */
  readonly sequence: number
}

/** The version in force, freshly read, for whoever decides on it; null before the first one. */
export async function latestCatalogue(db: Database): Promise<StoredCatalogue | null> {
  const [row] = await db.orm
    .select()
    .from(catalogueVersions)
    .orderBy(desc(catalogueVersions.sequence))
    .limit(1)
  return row === undefined ? null : { ...shelve(shelfOf(db), row), sequence: row.sequence }
}

/** A stored version by its name, or null. */
export async function catalogueVersion(db: Database, version: string): Promise<Catalogue | null> {
  const [row] = await db.orm
    .select()
    .from(catalogueVersions)
    .where(eq(catalogueVersions.version, version))
  return row === undefined ? null : shelve(shelfOf(db), row)
}

/** Puts the document in force; one that was in force before comes back under its old name. */
export function storeVersion(
  db: Database,
  now: Temporal.Instant,
  { version, sequence, document }: StoredCatalogue,
): Query {
  return db.orm
    .insert(catalogueVersions)
    .values({ version, sequence, document, createdAt: now })
    .onConflictDoUpdate({ target: catalogueVersions.version, set: { sequence } })
}

/** For the process that has just put another version in force. */
export function forgetCurrent(db: Database): void {
  shelfOf(db).current = null
}

/** The name of a version: a hash of what it says. */
export async function versionOf(document: CatalogueDocument): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function shelfOf({ place }: Database): Shelf {
  const found = shelves.get(place)
  if (found !== undefined) return found
  const shelf: Shelf = { versions: new Map(), current: null }
  shelves.set(place, shelf)
  return shelf
}

function shelve(shelf: Shelf, row: { version: string; document: unknown }): Catalogue {
  const catalogue = { version: row.version, document: CatalogueDocument.parse(row.document) }
  shelf.versions.set(row.version, catalogue)
  return catalogue
}
