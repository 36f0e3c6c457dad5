/** `seed`: the licenses of the demo, bought in its own sandbox. Never in production. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NotReady, type CommandSpec } from './command.ts'

export const seedDemo: CommandSpec = {
  name: 'seed',
  description: 'Demo only: buy the licenses of the demo, in .data of its directory; safe to repeat',
  async run(_, shell) {
    if (shell.env['ENVIRONMENT'] === 'production') {
      throw new NotReady('The demo is never seeded in production: its purchases are not real.')
    }
    // The demo is a composition root of its own; it is built beside this file.
    const demo = fileURLToPath(new URL('demo.js', import.meta.url))
    if (!existsSync(demo)) throw new NotReady('This build comes without the demo: npm run build.')
    const exit = await run(demo, shell.env, shell.writeError)
    if (exit !== 0) throw new NotReady(`The demo could not be seeded (${exit}).`)
    return { data: { seeded: true }, text: 'The demo is seeded. See it: npm start' }
  },
}

function run(
  demo: string,
  env: Readonly<Record<string, string | undefined>>,
  writeError: (text: string) => void,
): Promise<number | null> {
  const child = spawn(process.execPath, [demo, '--seed-only'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => writeError(chunk.toString().trimEnd()))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
}
