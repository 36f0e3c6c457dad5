/** Events that wait for an endpoint, by the thousand: made in the database, in two statements. */
import type { Database } from '../../server/db/open.ts'

/**
 * Entries of the journal, each about an object of its own, and a delivery of each that is due.
 *
 * @param count  how many; nothing else hears of them
 */
export async function plantQueue({ client }: Database, endpointId: string, count: number) {
  const last = await client.execute('SELECT coalesce(max(position), 0) AS position FROM journal')
  const after = Number(last.rows[0]?.['position'])
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`
  await client.batch(
    [
      `INSERT INTO journal (stream, version, type, actor, data, at)
        ${numbers} SELECT 'test:planted-' || (${after} + i), 1, 'release.published', 'test', '{}', 1 FROM n`,
      {
        sql: `INSERT INTO webhook_deliveries
          (endpoint_id, position, object, type, state, attempts, next_at, created_at)
          SELECT ?, position, stream, 'release.published', 'pending', 0, 1, 1 FROM journal
          WHERE position > ${after}`,
        args: [endpointId],
      },
      // As if each of them had read on: what was planted is not told to anybody else.
      `UPDATE webhook_endpoints SET position = (SELECT max(position) FROM journal)`,
    ],
    'write',
  )
}
