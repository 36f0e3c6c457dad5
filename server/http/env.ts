import type { Deps } from '../deps.ts'

/** What every handler finds in `c.var`. */
export type AppEnv = { Variables: { deps: Deps; requestId: string } }
