import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Our own `wrangler.toml`, for another script. @returns its path */
export async function configOf(
  directory: string,
  script: string,
  isBundled: boolean,
): Promise<string> {
  const file = join(directory, 'wrangler.toml')
  const ours = await readFile(join(root, 'wrangler.toml'), 'utf8')
  const text = ours
    .replace(/^main = .*$/m, `main = ${JSON.stringify(script)}`)
    .replace(/^no_bundle = .*$/m, `no_bundle = ${!isBundled}`)
    .replace(/^directory = "/m, `directory = "${root}`)
  await writeFile(file, text)
  return file
}
