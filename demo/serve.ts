/** The demo for people: `npm start`. Prints one address. */
import { fileURLToPath } from 'node:url'
import { SEED_PAST_MS, seed } from './seed.ts'
import { startSystem } from './system.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  const system = await startSystem({
    directory: `${root}.data`,
    port: Number(process.env['PORT'] ?? 8787),
    stripePort: Number(process.env['STRIPE_PORT'] ?? 12111),
    assets: `${root}dist`,
    catalogueFile: `${root}demo/catalogue.yaml`,
    hostsDirectory: `${root}demo/hosts`,
    log: ({ level, event, ...facts }) => {
      if (level !== 'info') console.error(`[license-center] ${level} ${event}`, facts)
    },
    clockOffsetMs: -SEED_PAST_MS,
    runsJobs: true,
  })
  await seed(system)
  console.log(`\n  License Center is ready:  ${system.origin}/demo/\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void system.close().then(() => process.exit(0)))
  }
} catch (error) {
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(
    isPortTaken
      ? 'A port is taken. Stop the other server, or choose others: PORT=8080 STRIPE_PORT=12112 npm start'
      : error,
  )
  process.exit(1)
}
