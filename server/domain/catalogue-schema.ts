/** The catalogue's JSON Schema, by which editors complete and check it while it is written. */
import { z } from 'zod'
import { CatalogueDocument } from './catalogue.ts'

/** draft-07, which every editor reads; defaults are optional, as they are in the file. */
export function catalogueSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(CatalogueDocument, {
    target: 'draft-7',
    io: 'input',
  })
  return { $schema, title: 'License Center catalogue', ...schema }
}
