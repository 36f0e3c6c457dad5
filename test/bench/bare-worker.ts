/** The bare handler on Workers: a client for each request, as ours has. */
import { createClient } from '@libsql/client/web'
import { createBare } from './bare.ts'

interface BareEnv {
  readonly DATABASE_URL: string
  readonly DATABASE_AUTH_TOKEN: string
  readonly TAPE: string
}

export default {
  fetch(request: Request, env: BareEnv): Response | Promise<Response> {
    const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = env
    return createBare(JSON.parse(env.TAPE), () => createClient({ url, authToken })).fetch(
      request,
      env,
    )
  },
}
