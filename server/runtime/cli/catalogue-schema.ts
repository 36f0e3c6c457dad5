/** `catalogue schema`: for the `# yaml-language-server: $schema=…` line of a catalogue. */
import { catalogueSchema } from '../../domain/catalogue-schema.ts'
import type { CommandSpec } from './command.ts'

export const printSchema: CommandSpec = {
  name: 'schema',
  description: 'Print the JSON Schema of a catalogue, for completion in editors',
  async run() {
    const schema = catalogueSchema()
    return { data: schema, text: JSON.stringify(schema, null, 2) }
  },
}
