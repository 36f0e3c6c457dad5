/** What a command may touch of the machine; tests hand in their own. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { Temporal } from 'temporal-polyfill'

export interface Shell {
  /** The environment, completed by `.env` of the directory. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative paths start here. */
  readonly directory: string
  /** Results: text for people, or one JSON document. */
  readonly write: (text: string) => void
  /** What went wrong, hints and logs. */
  readonly writeError: (text: string) => void
  readonly now: () => Temporal.Instant
}

export function processShell(): Shell {
  const directory = process.cwd()
  return {
    env: { ...envFile(directory), ...process.env },
    directory,
    write: (text) => void process.stdout.write(`${text}\n`),
    writeError: (text) => void process.stderr.write(`${text}\n`),
    now: Temporal.Now.instant,
  }
}

export function pathIn({ directory }: Pick<Shell, 'directory'>, file: string): string {
  return resolve(directory, file)
}

function envFile(directory: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(join(directory, '.env'), 'utf8'))
  } catch {
    return {}
  }
}
