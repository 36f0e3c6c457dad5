/** Licenses of installed products by the million, each with its installation, as activations would leave them. */
import type { Client } from '@libsql/client'
import { LICENSE_KEY_BYTES, makeLicenseKey } from '../../server/domain/license-key.ts'
import type { KeyedHash } from '../../server/deps.ts'

const CHUNK = 100_000
/** Spread over all of them, so that pages of the database are read as they come. */
const ASKED = 500
const YEAR_MS = 365 * 24 * 3_600_000

/** @returns keys of some of them; `host-a` is active on each */
export async function plantInstallations(
  client: Client,
  {
    count,
    atMs,
    hash,
  }: { readonly count: number; readonly atMs: number; readonly hash: KeyedHash },
): Promise<readonly string[]> {
  await client.execute({
    sql: `INSERT INTO customers (id, product_id, subject, email, name, zone, locale, created_at, version)
      VALUES ('cus_' || printf('%026d', 1), 'vault', 'bench', 'bench@customer.example', NULL, 'UTC', 'en', 0, 1)`,
    args: [],
  })
  for (let from = 1; from <= count; from += CHUNK) {
    await plantChunk(client, from, Math.min(count, from + CHUNK - 1), atMs)
  }
  const asked = Array.from({ length: ASKED }, async (_, index) => {
    const random = crypto.getRandomValues(new Uint8Array(LICENSE_KEY_BYTES))
    const key = makeLicenseKey('VAULT', random)
    return { key, hash: await hash(key), number: Math.floor((index * count) / ASKED) + 1 }
  })
  const keys = await Promise.all(asked)
  await client.batch(
    keys.map((item) => ({
      sql: `UPDATE licenses SET key_hash = ? WHERE id = 'lic_' || printf('%026d', ?)`,
      args: [item.hash, item.number],
    })),
    'write',
  )
  return keys.map(({ key }) => key)
}

/** Hashes are random, as real ones: their index is read and written anywhere. */
async function plantChunk(client: Client, from: number, to: number, atMs: number): Promise<void> {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)'
  await client.batch(
    [
      {
        sql: `${numbers} INSERT INTO licenses (id, product_id, customer_id, kind, plan_id, plan_name, type, one_time,
            cycle, total, reserved, activated_at, ends_at, service_days, anchor_day, anchor_time, zone, grace_days,
            retention_days, renewal_mode, currency, key_hash, key_cipher, key_last4, created_at, version)
          SELECT 'lic_' || printf('%026d', i), 'vault', 'cus_' || printf('%026d', 1), 'grant', 'seats', 'Seats',
            'seats', 0, 'month', 5, 1, ?, ?, 365, 1, '00:00:00', 'UTC', 7, 15, 'manual', 'USD',
            lower(hex(randomblob(32))), 'none', 'ABCD', 0, 1 FROM n`,
        args: [from, to, atMs, atMs + YEAR_MS],
      },
      {
        sql: `${numbers} INSERT INTO activations (id, license_id, fingerprint, state, activated_at, last_seen_at, version)
          SELECT 'act_' || printf('%026d', i), 'lic_' || printf('%026d', i), 'host-a', 'active', ?, ?, 1 FROM n`,
        args: [from, to, atMs, atMs],
      },
    ],
    'write',
  )
}
