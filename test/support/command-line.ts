/** `license-center` as somebody types it, in a directory and an environment of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { onTestFinished } from 'vitest'
import { runCli } from '../../server/runtime/cli/program.ts'
import { scratch } from './scratch.ts'

export interface Ran {
  readonly exit: number
  readonly out: string
  readonly error: string
  /** Standard output as the one JSON document that it has to be. */
  readonly json: () => unknown
}

export interface CommandLine {
  readonly directory: string
  readonly run: (...args: readonly string[]) => Promise<Ran>
}

export type Environment = Readonly<Record<string, string | undefined>>

export interface CommandLineOptions {
  readonly directory?: string
  readonly now?: () => Temporal.Instant
}

/** Its directory, unless it was given, is gone after the test. */
export async function openCommandLine(
  env: Environment = {},
  options: CommandLineOptions = {},
): Promise<CommandLine> {
  const directory = options.directory ?? (await newDirectory())
  const run = async (...args: readonly string[]): Promise<Ran> => {
    const out: string[] = []
    const error: string[] = []
    const exit = await runCli(args, {
      env,
      directory,
      now: options.now ?? Temporal.Now.instant,
      write: (text) => void out.push(text),
      writeError: (text) => void error.push(text),
    })
    const text = out.join('\n')
    return { exit, out: text, error: error.join('\n'), json: () => JSON.parse(text) }
  }
  return { directory, run }
}

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(scratch(), 'license-center-cli-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}
