/** `init`: an environment with fresh secrets, and a catalogue to change. Overwrites nothing. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { catalogueSchema } from '../../domain/catalogue-schema.ts'
import { NotReady, type CommandSpec } from './command.ts'
import { pathIn, type Shell } from './shell.ts'
import { STARTER_CATALOGUE, starterEnvironment } from './starter.ts'

export const initialize: CommandSpec = {
  name: 'init',
  description: 'Write .env with fresh secrets, a starter catalogue and its schema',
  args: {
    origin: {
      type: 'string',
      description: 'Where the world reaches this server',
      default: 'http://localhost:8787',
    },
  },
  async run(given, shell) {
    const origin = originOf(given.required('origin'))
    mkdirSync(shell.directory, { recursive: true })
    const written = [
      place(shell, '.env', starterEnvironment(origin, newSecret), 0o600),
      place(shell, 'catalogue.yaml', STARTER_CATALOGUE, 0o644),
      place(
        shell,
        'catalogue.schema.json',
        `${JSON.stringify(catalogueSchema(), null, 2)}\n`,
        0o644,
      ),
    ]
    const next = [
      'Next:',
      '  1. Put the two keys of Stripe into .env; the comments say where to find them.',
      '  2. Change catalogue.yaml, then: license-center catalogue check catalogue.yaml',
      '  3. license-center migrate',
      '  4. license-center catalogue apply catalogue.yaml --reason "First catalogue"',
      '  5. license-center doctor',
    ]
    return {
      data: { files: written },
      text: [
        ...written.map(({ file, isNew }) => `${isNew ? 'written' : 'kept   '} ${file}`),
        ...next,
      ].join('\n'),
    }
  },
}

/** Leaves a file alone that is there. */
function place(shell: Shell, file: string, text: string, mode: number) {
  try {
    writeFileSync(pathIn(shell, file), text, { flag: 'wx', mode })
    return { file, isNew: true }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return { file, isNew: false }
    }
    throw new NotReady(error instanceof Error ? error.message : String(error))
  }
}

function originOf(text: string): string {
  if (!URL.canParse(text)) throw new NotReady(`--origin is not an address: ${text}`)
  return new URL(text).origin
}

/** 32 bytes in base64url. */
function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
