/** Mistakes in storing a change once and whole. */
import type { PlantedBug } from './patches.ts'

const COMMIT = 'server/db/commit.ts'

export const DATABASE_BUGS: readonly PlantedBug[] = [
  {
    name: 'lost-reply-taken-for-a-failure',
    file: COMMIT,
    find: `const earlier = isPossiblyStored(failure) ? await lookUp() : null`,
    replace: `const earlier = null`,
    foundBy: ['answers', 'I1', 'crash'],
  },
  {
    name: 'decided-once-for-all-attempts',
    file: 'server/usecases/settle-order.ts',
    find: `const record = await readOrderForSettlement(deps.db, orderId)`,
    replace: `const record = (cause as { kept?: Awaited<ReturnType<typeof readOrderForSettlement>> }).kept ??= await readOrderForSettlement(deps.db, orderId)`,
    foundBy: ['answers', 'crash', 'I2', 'P26'],
  },
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
]
