/** Mistakes in storing a change once and whole. */
import type { PlantedBug } from './patches.ts'

const COMMIT = 'server/db/commit.ts'

export const DATABASE_BUGS: readonly PlantedBug[] = [
  {
    name: 'version-not-written',
    file: 'server/usecases/order-change.ts',
    find: `const version = order.version + 1`,
    replace: `const version = order.version + 1 + (step.type === 'order.processing' ? 1 : 0)`,
    foundBy: ['I9'],
  },
  {
    name: 'two-writes-instead-of-one',
    file: COMMIT,
    find: `await db.client.batch(statements, 'write')`,
    replace: `for (const [at, statement] of statements.entries()) await db.client.batch([statement, ...(statements[at + 1]?.sql.includes('commit_guards') ? [statements[at + 1] as never] : [])], 'write')`,
    foundBy: ['I'],
  },
  {
    name: 'failed-read-crashes-the-request',
    file: 'server/db/reads-only.ts',
    find: `throw new ReadFailed(cause)`,
    replace: `throw cause`,
    foundBy: ['P26'],
  },
]
