import { it } from 'vitest'
import { runBuilt } from './built.ts'

it('validate against its own statement in a bare handler, on a file (aim 0.70)', async () => {
  await runBuilt('validate-on-file')
})
