/** License Center on Cloudflare Workers, with libSQL over HTTP: Turso, or sqld of one's own. */
import { createApp } from '../app.ts'
import { runTriggered } from './jobs.ts'
import { createWorkerDeps, refusalToServe } from './worker-deps.ts'
import type { WorkerEnv } from './worker-deps.ts'

const app = createApp(createWorkerDeps)

export default {
  async fetch(request: Request, env: WorkerEnv): Promise<Response> {
    return (await refusalToServe(env)) ?? app.fetch(request, env)
  },
  async scheduled({ cron }: { readonly cron: string }, env: WorkerEnv): Promise<void> {
    await runTriggered(await createWorkerDeps(env), cron)
  },
}
