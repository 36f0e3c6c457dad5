/**
 * One shape for every command: `--json` everywhere, nothing unknown is swallowed, one exit code per
 * kind of end.
 */
import { defineCommand, type ArgsDef, type CommandDef } from 'citty'
import { nearestWord } from '../../domain/suggest.ts'
import type { Shell } from './shell.ts'

export const EXIT = {
  done: 0,
  /** Refused, found wrong, or different: the output says what. Nothing was changed. */
  no: 1,
  /** The command line is not understood. */
  usage: 2,
  /** The environment, a file or the database is not ready. */
  notReady: 3,
  /** A bug of ours. */
  crashed: 70,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export interface Report {
  /** Printed as it is with `--json`. */
  readonly data: unknown
  /** Printed without. */
  readonly text: string
  /** `done` when absent. */
  readonly exit?: ExitCode
}

/** The command line is not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Something outside has to be mended first; the message says what and how. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
}

/** What was given on the command line; citty's own types say "present" of optional ones. */
export interface Given {
  /** Null when it was not given. @throws UsageError when it was given without a value */
  readonly text: (name: string) => string | null
  /** @throws UsageError when it was not given */
  readonly required: (name: string) => string
  readonly flag: (name: string) => boolean
}

export interface CommandSpec {
  readonly name: string
  readonly description: string
  readonly args?: ArgsDef
  readonly run: (given: Given, shell: Shell) => Promise<Report>
}

export type Finish = (report: Report, asJson: boolean) => void

const JSON_ARG = { json: { type: 'boolean', description: 'Print one JSON document' } } as const

/** Makes the citty command; `finish` prints its report. */
export function command(spec: CommandSpec, shell: Shell, finish: Finish): CommandDef {
  const args: ArgsDef = { ...spec.args, ...JSON_ARG }
  return defineCommand({
    meta: { name: spec.name, description: spec.description },
    args,
    async run({ args: parsed }) {
      refuseUnknown(parsed, args)
      finish(await spec.run(givenOf(parsed), shell), parsed['json'] === true)
    },
  })
}

/** A word in front of several commands: `catalogue check`. */
export function group(
  name: string,
  description: string,
  subCommands: Readonly<Record<string, CommandDef>>,
): CommandDef {
  return defineCommand({ meta: { name, description }, subCommands })
}

type Parsed = Readonly<Record<string, unknown>> & { readonly _: readonly string[] }

function givenOf(parsed: Parsed): Given {
  const text = (name: string) => {
    const value = parsed[name]
    if (value === undefined) return null
    if (typeof value !== 'string' || value.trim() === '') {
      throw new UsageError(`--${name} needs a value.`)
    }
    return value
  }
  return {
    text,
    required: (name) => {
      const value = text(name)
      if (value === null) throw new UsageError(`--${name} is required.`)
      return value
    },
    flag: (name) => parsed[name] === true,
  }
}

function refuseUnknown(parsed: Parsed, args: ArgsDef): void {
  const known = Object.keys(args)
  const spellings = new Set(known.flatMap((name) => [name, camelCase(name)]))
  const unknown = Object.keys(parsed).find((key) => key !== '_' && !spellings.has(key))
  if (unknown !== undefined) {
    const meant = nearestWord(unknown, known)
    throw new UsageError(`Unknown option --${unknown}.${meant ? ` Did you mean --${meant}?` : ''}`)
  }
  const places = known.filter((name) => args[name]?.type === 'positional').length
  const extra = parsed._[places]
  if (extra !== undefined) throw new UsageError(`Unexpected argument "${extra}".`)
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
