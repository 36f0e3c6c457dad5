/** Checks of installed products per second with 1,000 and with 1,000,000 licenses in the file. */
import { createApp } from '../../server/app.ts'
import { startVault } from '../support/vault.ts'
import { plantInstallations } from './many-installations.ts'
import { okay } from './okay.ts'
import { compare } from './ratio.ts'

const SMALL = 1000
const LARGE = Number(process.env['LICENSES'] ?? 1_000_000)
const LOAD = { calls: 500, concurrency: 4, rounds: 8 }

async function centerWith(count: number) {
  const center = await startVault()
  const { deps, origin } = center.system
  const startedAt = performance.now()
  const planting = {
    count,
    atMs: deps.now().epochMilliseconds,
    hash: deps.secrets.licenseKeyHash,
  }
  const keys = await plantInstallations(deps.db.client, planting)
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`${count} licenses planted in ${seconds.toFixed(0)} s`)
  const app = createApp(deps)
  let asked = 0
  const validate = async () => {
    // Another key each time: what one of them left in a cache helps no other.
    const body = JSON.stringify({
      key: keys[asked++ % keys.length],
      product: 'vault',
      fingerprint: 'host-a',
      current_token: { seq: 1, expires_at: '2099-01-01T00:00:00Z' },
    })
    const headers = { 'Content-Type': 'application/json', 'Content-Length': String(body.length) }
    const response = await app.request(`${origin}/v1/licenses/validate`, {
      method: 'POST',
      headers,
      body,
    })
    if (!(await response.clone().text()).includes('"VALID"')) throw new Error('not valid')
    await okay(response)
  }
  return { center, validate }
}

const small = await centerWith(SMALL)
const large = await centerWith(LARGE)
await compare(`validate, ${LARGE} licenses`, large.validate, small.validate, LOAD, `with ${SMALL}`)
await small.center.remove()
await large.center.remove()
process.exit(0)
