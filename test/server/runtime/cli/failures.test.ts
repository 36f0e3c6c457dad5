/** How a command ends that could not do what was asked. */
import { expect, it } from 'vitest'
import { journal } from '../../../../server/db/schema.ts'
import { EXIT } from '../../../../server/runtime/cli/command.ts'
import { failureOf } from '../../../../server/runtime/cli/failures.ts'
import { createTestDatabase } from '../../../support/database.ts'

it('C05: a database that does not answer a read is told as one, to be tried again, and is no crash', async () => {
  const database = await createTestDatabase()
  await database.remove()
  const error: unknown = await database.db.orm
    .select()
    .from(journal)
    .catch((reason: unknown) => reason)
  const { exit, code, message } = failureOf(error)
  expect([exit, code]).toEqual([EXIT.no, 'database.unavailable'])
  expect(message).toContain('again')
})

it('a mistake of ours is a crash, and says where', () => {
  const { exit, code, message } = failureOf(new TypeError('no such field'))
  expect([exit, code]).toEqual([EXIT.crashed, 'crashed'])
  expect(message).toContain('failures.test.ts')
})
