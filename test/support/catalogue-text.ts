/** The demo catalogue as text, and what is wrong with one that somebody wrote. */
import { readFile } from 'node:fs/promises'
import { mistakeText, parseCatalogue } from '../../server/domain/catalogue-parse.ts'

export const DEMO = await readFile(new URL('../../demo/catalogue.yaml', import.meta.url), 'utf8')

/** `line:column path: message` of every mistake; fails when the text is accepted. */
export function mistakes(text: string, fileName = 'c.yaml'): string[] {
  const parsed = parseCatalogue(text, fileName)
  if (parsed.ok) throw new Error('accepted')
  return parsed.mistakes.map((mistake) => mistakeText(mistake, fileName))
}

/** The demo catalogue with one piece of text changed. */
export function changed(from: string, to: string): string[] {
  if (!DEMO.includes(from)) throw new Error(`not in the demo catalogue: ${from}`)
  return mistakes(DEMO.replace(from, to))
}
