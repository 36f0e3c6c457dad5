/** `backup FILE`: a copy of the database file, while the server goes on. */
import { existsSync, statSync } from 'node:fs'
import { backUp } from '../../db/backup.ts'
import { databaseLocation } from '../config.ts'
import { NotReady, type CommandSpec } from './command.ts'
import { pathIn } from './shell.ts'
import { opened, withDatabase } from './workplace.ts'

export const backUpDatabase: CommandSpec = {
  name: 'backup',
  description: 'Copy the database file consistently while it is served; restore by putting it back',
  args: { file: { type: 'positional', description: 'Must not exist yet' } },
  async run(given, shell) {
    const name = given.required('file')
    const file = pathIn(shell, name)
    if (!databaseLocation(shell.env).url.startsWith('file:')) {
      throw new NotReady('Only a file is copied from here; Turso and sqld have their own backups.')
    }
    if (existsSync(file)) throw new NotReady(`${file} exists; nothing was overwritten.`)
    await withDatabase(shell, ({ db }) => opened(() => backUp(db, file)))
    const { size: bytes } = statSync(file)
    return { data: { file, bytes }, text: `${name}: ${bytes} bytes.` }
  },
}
