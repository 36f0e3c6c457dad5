/** A catalogue from a file, or every mistake in it. */
import { readFileSync } from 'node:fs'
import type { CatalogueDocument } from '../../domain/catalogue.ts'
import { mistakeText, parseCatalogue, type CatalogueMistake } from '../../domain/catalogue-parse.ts'
import { EXIT, NotReady, type Report } from './command.ts'
import { pathIn, type Shell } from './shell.ts'

export const FILE_ARG = {
  file: { type: 'positional', description: 'YAML or JSON, e.g. catalogue.yaml' },
} as const

export type CatalogueFile =
  | { readonly ok: true; readonly document: CatalogueDocument }
  | { readonly ok: false; readonly report: Report }

/** @throws NotReady when there is no such file */
export function readCatalogueFile(shell: Shell, file: string): CatalogueFile {
  const parsed = parseCatalogue(textOf(shell, file), file)
  return parsed.ok ? parsed : { ok: false, report: mistakesReport(parsed.mistakes, file) }
}

function mistakesReport(mistakes: readonly CatalogueMistake[], file: string): Report {
  const lines = mistakes.map((mistake) => mistakeText(mistake, file))
  const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`
  return {
    data: { ok: false, file, mistakes },
    text: [...lines, `${count}. Nothing was changed.`].join('\n'),
    exit: EXIT.no,
  }
}

function textOf(shell: Shell, file: string): string {
  try {
    return readFileSync(pathIn(shell, file), 'utf8')
  } catch (error) {
    throw new NotReady(error instanceof Error ? error.message : String(error))
  }
}
