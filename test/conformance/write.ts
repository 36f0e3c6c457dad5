/** `node test/conformance/write.ts`: writes the test vectors anew. */
import { writeFile } from 'node:fs/promises'
import { makeVectors } from './vectors.ts'

const file = new URL('license-tokens.json', import.meta.url)
await writeFile(file, `${JSON.stringify(await makeVectors(), null, 2)}\n`)
