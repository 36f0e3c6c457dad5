/** The Node server as a process of its own, built from the sources as they are. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Inside node_modules, so that the build finds its packages. */
const BUILD = `${root}node_modules/.cache/license-center-node`

export interface NodeServer {
  readonly process: ChildProcess
  /** All that it wrote so far, to both streams. */
  readonly output: () => string
  /** Resolves once a line of the log has this event. */
  readonly logged: (event: string) => Promise<void>
  readonly ended: Promise<number | null>
}

export async function buildNodeServer(): Promise<void> {
  await build({
    configFile: `${root}server/vite.config.ts`,
    logLevel: 'error',
    build: { outDir: BUILD, rolldownOptions: { input: { node: 'server/runtime/node.ts' } } },
  })
}

/** @param build  where another version was built */
export function startNodeServer(
  env: Readonly<Record<string, string>>,
  build: string = BUILD,
): NodeServer {
  const child = spawn(process.execPath, [`${build}/node.js`], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const logged = async (event: string) => {
    let hasEnded = false
    void ended.then(() => (hasEnded = true))
    while (!output.includes(`"event":"${event}"`)) {
      if (hasEnded) throw new Error(`ended without ${event}: ${output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { process: child, output: () => output, logged, ended }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('not a TCP server')
  return address.port
}
