/** `catalogue show`: the version in force, or an earlier one. */
import { stringify } from 'yaml'
import { catalogueVersion, latestCatalogue } from '../../db/catalogue-store.ts'
import { Refused } from '../../domain/refusals.ts'
import type { CommandSpec } from './command.ts'
import { withDatabase } from './workplace.ts'

export const showCatalogue: CommandSpec = {
  name: 'show',
  description: 'Print the catalogue in force as YAML',
  args: { version: { type: 'string', description: 'An earlier version, as a quote names it' } },
  async run(given, shell) {
    const wanted = given.text('version')
    const catalogue = await withDatabase(shell, ({ db }) =>
      wanted === null ? latestCatalogue(db) : catalogueVersion(db, wanted),
    )
    if (catalogue === null) {
      const detail = wanted === null ? {} : { detail: `There is no version ${wanted}.` }
      throw new Refused('catalogue.not_applied', detail)
    }
    const { version, document } = catalogue
    return {
      data: { version, document },
      text: `# version ${version}\n${stringify(document, { lineWidth: 100 }).trimEnd()}`,
    }
  },
}
