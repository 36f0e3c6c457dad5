/** `catalogue apply FILE`: what is sold from now on. */
import { applyCatalogue } from '../../usecases/apply-catalogue.ts'
import type { CommandSpec } from './command.ts'
import { FILE_ARG, readCatalogueFile } from './catalogue-file.ts'
import { ACCOUNTABLE, accountOf, withDatabase } from './workplace.ts'

export const applyCatalogueFile: CommandSpec = {
  name: 'apply',
  description:
    'Put a catalogue in force as a new version; quotes keep the version they were made under',
  args: { ...FILE_ARG, ...ACCOUNTABLE },
  async run(given, shell) {
    const read = readCatalogueFile(shell, given.required('file'))
    if (!read.ok) return read.report
    const account = accountOf(given)
    const { document } = read
    const applied = await withDatabase(shell, (deps) =>
      applyCatalogue(deps, { document, ...account, keys: 'guarded' }),
    )
    return {
      data: applied,
      text: applied.isNew
        ? `Version ${applied.version} is in force. Running servers take it up within 30 seconds.`
        : `Version ${applied.version} was in force already. Nothing was changed.`,
    }
  },
}
