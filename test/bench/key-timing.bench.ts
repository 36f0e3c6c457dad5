import { it } from 'vitest'
import { runBuilt } from './built.ts'

it('what the time of an answer tells about a license key (T10)', async () => {
  await runBuilt('key-timing')
})
