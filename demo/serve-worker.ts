/** The demo in workerd, for people: `npm run dev:worker`. One address for the Worker and the demo's pages. */
import { Hono } from 'hono'
import { fileURLToPath } from 'node:url'
import { demoRoutes } from './routes.ts'
import { listen } from './system.ts'
import { startWorkerSystem, type WorkerSystem } from './worker-system.ts'

const SWEEP_EVERY_MS = 60_000

const root = fileURLToPath(new URL('../..', import.meta.url))
let answer: (request: Request) => Response | Promise<Response> = () =>
  new Response('Starting …', { status: 503 })
const port = Number(process.env['PORT'] ?? 8787)
const { origin } = await listen(port, (request) => answer(request))
const system = await startWorkerSystem({
  directory: process.env['DEMO_DIRECTORY'] ?? `${root}.data/worker`,
  port: 0,
  stripePort: Number(process.env['STRIPE_PORT'] ?? 12111),
  catalogueFile: `${root}demo/catalogue.yaml`,
  hostsDirectory: `${root}demo/hosts`,
  configFile: `${root}wrangler.toml`,
  origin,
  print: (line) => {
    if (!line.startsWith('{"level":"info"')) console.error(`[workerd] ${line}`)
  },
  log: ({ level, event, ...facts }) => {
    if (level !== 'info') console.error(`[license-center] ${level} ${event}`, facts)
  },
})
const front = new Hono().route('/', demoRoutes(system))
front.all('*', (c) => forward(system, c.req.raw))
answer = front.fetch
// Locally nobody triggers the cron of wrangler.toml.
setInterval(() => void system.runJobs().catch(console.error), SWEEP_EVERY_MS)
console.log(`\n  License Center in workerd is ready:  ${origin}/demo/\n\n  Ctrl-C stops it.\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void system.close().then(() => process.exit(0)))
}

async function forward({ workerUrl }: WorkerSystem, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const { method, headers, body } = request
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const answered = await fetch(workerUrl + pathname + search, {
    method,
    headers,
    redirect: 'manual',
    ...(hasBody ? { body, duplex: 'half' } : {}),
  })
  const passedOn = new Response(answered.body, answered)
  // `fetch` has unpacked the body.
  passedOn.headers.delete('Content-Encoding')
  passedOn.headers.delete('Content-Length')
  return passedOn
}
