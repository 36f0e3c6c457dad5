/** `catalogue diff FILE`: what applying the file would change; like diff(1), 1 when anything would. */
import { latestCatalogue } from '../../db/catalogue-store.ts'
import { catalogueDiff, changeText } from '../../domain/catalogue-diff.ts'
import { EXIT, type CommandSpec } from './command.ts'
import { FILE_ARG, readCatalogueFile } from './catalogue-file.ts'
import { withDatabase } from './workplace.ts'

export const diffCatalogue: CommandSpec = {
  name: 'diff',
  description: 'Compare a file with the catalogue in force; exit code 1 when they differ',
  args: FILE_ARG,
  async run(given, shell) {
    const read = readCatalogueFile(shell, given.required('file'))
    if (!read.ok) return read.report
    const current = await withDatabase(shell, ({ db }) => latestCatalogue(db))
    const changes = catalogueDiff(current?.document ?? { products: [] }, read.document)
    const version = current?.version ?? null
    return {
      data: { version, changes },
      text:
        changes.length === 0 ? `No difference to ${version}.` : changes.map(changeText).join('\n'),
      exit: changes.length === 0 ? EXIT.done : EXIT.no,
    }
  },
}
