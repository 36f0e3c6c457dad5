/** Checks of installed products per second on a file, against a bare handler that asks the database the same. */
import { createApp } from '../../server/app.ts'
import { startVault } from '../support/vault.ts'
import { createBare } from './bare.ts'
import { checkOf } from './check.ts'
import { okay } from './okay.ts'
import { compare } from './ratio.ts'
import { record } from './record.ts'

/** Many short rounds: on a busy machine some of them are quiet. */
const LOAD = { calls: 200, concurrency: 4, rounds: 12 }

const center = await startVault()
const product = await center.bought('seats', 1)
const { deps, origin } = center.system
const init = await checkOf(product, { key: product.key, product: 'vault' })
const url = `${origin}/v1/licenses/validate`
const tape = await record(deps, (app) => okay(app.request(url, init)))
const app = createApp(deps)
const bare = createBare(tape, () => deps.db.client)
await compare(
  'POST validate (aim 0.70)',
  () => okay(app.request(url, init)),
  () => okay(bare.request('/', init)),
  LOAD,
)
await center.remove()
process.exit(0)
