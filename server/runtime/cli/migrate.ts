/** `migrate`: brings the database to the shape that this version expects. */
import { migrate } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations.ts'
import { databaseLocation } from '../config.ts'
import { openNodeDatabase } from '../node-deps.ts'
import { NotReady, type CommandSpec } from './command.ts'
import { opened } from './workplace.ts'

export const migrateDatabase: CommandSpec = {
  name: 'migrate',
  description: 'Apply the migrations that the database lacks; safe to repeat and to interrupt',
  async run(_, shell) {
    const location = databaseLocation(shell.env)
    const db = await opened(() => openNodeDatabase(location, shell.directory))
    try {
      const applied = await migrate(db, shell.now(), MIGRATIONS)
      const count = `${applied.length} of ${MIGRATIONS.length} migrations applied`
      const text = applied.length === 0 ? 'Nothing to do.' : [...applied, `${count}.`].join('\n')
      return { data: { applied, known: MIGRATIONS.map(({ name }) => name) }, text }
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
      const message = error instanceof Error ? error.message : String(error)
      throw new NotReady(`${message}${cause && ` ${cause}`}`)
    } finally {
      db.close()
    }
  },
}
