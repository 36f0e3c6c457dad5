/** API keys of host backends: made, shown once, revoked. */
import { and, eq } from 'drizzle-orm'
import { currentCatalogue } from '../db/catalogue-store.ts'
import { decideAndCommit, exactly } from '../db/commit.ts'
import type { Change, Decision } from '../db/commit.ts'
import { hostApiKeys } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../domain/refusals.ts'
import { HOST_KEY_PREFIX, hostKeyHash } from './host-key-hash.ts'

const KEY_BYTES = 32
const LAST = 4

export interface HostKeyCommand {
  readonly product: string
  /** For people: where it is used. */
  readonly name: string
  readonly actor: string
  readonly reason: string
}

type KeyRow = typeof hostApiKeys.$inferSelect

/**
 * @returns the key; it is shown this once
 * @throws Refused `product.not_found`, `api_key.taken`
 */
export async function createHostKey(deps: Deps, command: HostKeyCommand): Promise<string> {
  const key = HOST_KEY_PREFIX + base64url(deps.randomBytes(KEY_BYTES))
  const row: KeyRow = {
    id: deps.newId('hak'),
    productId: command.product,
    name: command.name,
    hash: await hostKeyHash(deps, key),
    last4: key.slice(-LAST),
    createdAt: deps.now(),
    revokedAt: null,
    version: 1,
  }
  return decideAndCommit(deps, {}, async (): Promise<Decision<string>> => {
    const catalogue = await currentCatalogue(deps.db, deps.now())
    const products = catalogue?.document.products ?? []
    if (!products.some(({ id }) => id === command.product)) throw new Refused('product.not_found')
    if ((await keyNamed(deps, command)) !== null) throw new Refused('api_key.taken')
    const statements = [deps.db.orm.insert(hostApiKeys).values(row)]
    return { change: changeOf(row, 'api_key.created', command, statements), result: key }
  })
}

/** It is refused from the next request on. @throws Refused `api_key.not_found` */
export function revokeHostKey(deps: Deps, command: HostKeyCommand): Promise<void> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<void>> => {
    const row = await keyNamed(deps, command)
    if (row === null) throw new Refused('api_key.not_found')
    if (row.revokedAt !== null) return { change: null, result: undefined }
    const next = { ...row, version: row.version + 1 }
    const revoked = deps.db.orm
      .update(hostApiKeys)
      .set({ revokedAt: deps.now(), version: next.version })
      .where(eq(hostApiKeys.id, row.id))
    const change = changeOf(next, 'api_key.revoked', command, [exactly(revoked, 1)])
    return { change, result: undefined }
  })
}

async function keyNamed({ db }: Deps, command: HostKeyCommand): Promise<KeyRow | null> {
  const { product, name } = command
  const isNamed = and(eq(hostApiKeys.productId, product), eq(hostApiKeys.name, name))
  const [row] = await db.orm.select().from(hostApiKeys).where(isNamed)
  return row ?? null
}

function changeOf(
  { id, productId, name, last4, version }: KeyRow,
  type: string,
  { actor, reason }: HostKeyCommand,
  statements: Change['statements'],
): Change {
  const data = { name, last4, reason }
  return {
    journal: [{ stream: `api_key:${id}`, version, type, actor, productId, data }],
    statements,
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
