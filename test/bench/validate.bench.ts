/** Checks of installed products per second, against a bare handler that asks the database the same. */
import { afterAll, beforeAll, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { startVault, type Bought, type Vault } from '../support/vault.ts'
import { createBare } from './bare.ts'
import { compare } from './ratio.ts'
import { record } from './record.ts'

const LOAD = { calls: 600, concurrency: 4 }

let center: Vault
let product: Bought
beforeAll(async () => {
  center = await startVault()
  product = await center.bought('seats', 1)
})
afterAll(() => center.remove())

it('validate against its own statement in a bare handler, on a file (aim 0.70)', async () => {
  const { deps, origin } = center.system
  await product.ask('activate', { fingerprint: 'host-a' })
  const { license, grace_until } = await product.ask('validate', { fingerprint: 'host-a' })
  const body = JSON.stringify({
    key: product.key,
    product: 'vault',
    fingerprint: 'host-a',
    // As a product that holds a good token: none is signed.
    current_token: { seq: license?.seq ?? 0, expires_at: grace_until },
  })
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }
  const url = `${origin}/v1/licenses/validate`
  const tape = await record(deps, (app) => okay(app.request(url, init)))
  const app = createApp(deps)
  const bare = createBare(tape, () => deps.db.client)
  await compare(
    'POST validate',
    () => okay(app.request(url, init)),
    () => okay(bare.request('/', init)),
    LOAD,
  )
}, 120_000)

async function okay(answer: Response | Promise<Response>): Promise<void> {
  const response = await answer
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
}
