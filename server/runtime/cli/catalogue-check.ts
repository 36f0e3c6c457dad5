/** `catalogue check FILE`: every mistake at once, without a database. */
import type { CommandSpec } from './command.ts'
import { FILE_ARG, readCatalogueFile } from './catalogue-file.ts'

export const checkCatalogue: CommandSpec = {
  name: 'check',
  description: 'List every mistake of a catalogue, each at its line and column',
  args: FILE_ARG,
  async run(given, shell) {
    const file = given.required('file')
    const read = readCatalogueFile(shell, file)
    if (!read.ok) return read.report
    const { products } = read.document
    const plans = products.reduce((sum, product) => sum + product.plans.length, 0)
    return {
      data: { ok: true, file, products: products.length, plans, mistakes: [] },
      text: `${file} is without mistakes: ${products.length} products, ${plans} plans.`,
    }
  },
}
