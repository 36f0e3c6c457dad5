import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { mistakeText, parseCatalogue } from '../../../server/domain/catalogue-parse.ts'

const FOLDER = new URL('./catalogue-mistakes/', import.meta.url)
const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml'))

/** What `catalogue check` prints of a broken file, as it was read and found right. */
describe('a broken catalogue', () => {
  it.each(files)('%s: every mistake at once, at its place, with what was meant', async (file) => {
    const text = await readFile(new URL(file, FOLDER), 'utf8')
    const parsed = parseCatalogue(text, file)
    const said = parsed.ok ? [] : parsed.mistakes.map((mistake) => mistakeText(mistake, file))
    const expected = new URL(file.replace(/\.yaml$/, '.txt'), FOLDER)
    expect(`${said.join('\n')}\n`).toBe(await readFile(expected, 'utf8'))
  })

  it('is tried in twenty ways', () => {
    expect(files).toHaveLength(20)
  })
})
