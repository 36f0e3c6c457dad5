import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SERVER = fileURLToPath(new URL('../../../server', import.meta.url))

/** What passes by the journal; the client itself is for commit.ts and migrate.ts only. */
const PAST_COMMIT =
  /\.client\b|\bclient\.(execute|batch|transaction|migrate|executeMultiple)\(|\.transaction\(|\bsql\.raw\(|\bfrom '@libsql\/client/

async function sourcesOutsideDb(): Promise<string[]> {
  const files = await readdir(SERVER, { recursive: true })
  return files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith('db/'))
}

describe('the server', () => {
  it('writes to the database only through db/commit.ts', async () => {
    const files = await sourcesOutsideDb()
    const guilty: string[] = []
    for (const file of files) {
      if (PAST_COMMIT.test(await readFile(join(SERVER, file), 'utf8'))) guilty.push(file)
    }
    expect(files.length).toBeGreaterThan(5)
    expect(guilty).toEqual([])
  })

  it('never uses interactive transactions, and runs each single statement as a batch, in db/ itself', async () => {
    const files = (await readdir(join(SERVER, 'db'))).filter((file) => file.endsWith('.ts'))
    for (const file of files) {
      const text = await readFile(join(SERVER, 'db', file), 'utf8')
      const executed = [...text.matchAll(/client\.execute\((.{0,40})/g)].map(([, start]) => start)
      const bare = executed.filter(
        (start) => !/^('SELECT|'PRAGMA journal_mode|'VACUUM INTO|read\()/.test(start ?? ''),
      )
      expect({ file, bare, isInteractive: /\.transaction\(/.test(text) }).toEqual({
        file,
        bare: [],
        isInteractive: false,
      })
    }
  })
})
