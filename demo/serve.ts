/** The demo for people: `npm start`. Prints one address. */
import { fileURLToPath } from 'node:url'
import { SEED_PAST_MS, seed } from './seed.ts'
import { startSystem, type System } from './system.ts'

/** What people can set right; anything else that is thrown is shown whole. */
class StartRefused extends Error {}

const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  const system = await startSystem({
    directory: `${root}.data`,
    port: portIn('PORT', 8787),
    stripePort: portIn('STRIPE_PORT', 12111),
    assets: `${root}dist`,
    catalogueFile: `${root}demo/catalogue.yaml`,
    hostsDirectory: `${root}demo/hosts`,
    log: ({ level, event, ...facts }) => {
      if (level !== 'info') console.error(`[license-center] ${level} ${event}`, facts)
    },
    clockOffsetMs: -SEED_PAST_MS,
    runsJobs: true,
  })
  stopOnSignal(system)
  await seed(system)
  if (process.argv.includes('--seed-only')) {
    await system.close()
    process.exit(0)
  }
  console.log(`\n  License Center is ready:  ${system.origin}/demo/\n\n  Ctrl-C stops it.\n`)
} catch (error) {
  console.error(wordsOf(error))
  process.exit(1)
}

/** Ctrl-C reaches the whole group, and whoever started us passes it on: we may hear it twice. */
function stopOnSignal(system: System): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void system.close().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
}

/** @throws Error in words for people */
function portIn(variable: string, otherwise: number): number {
  const text = process.env[variable] ?? String(otherwise)
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new StartRefused(`${variable} is “${text}”; it must be a number from 0 to 65535.`)
}

function wordsOf(error: unknown): unknown {
  if (error instanceof StartRefused) return error.message
  const isTaken = error instanceof Error && 'port' in error && 'code' in error
  if (!isTaken || error.code !== 'EADDRINUSE') return error
  return (
    `Port ${String(error.port)} is taken, perhaps by a demo that still runs. Stop it, or choose ` +
    'other ports:\n\n  PORT=8788 STRIPE_PORT=12112 npm start\n'
  )
}
