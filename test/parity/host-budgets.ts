/** Requests of host backends, and of products that look for updates. */
import { hostOf } from '../support/host.ts'
import { installationOf } from './license-budgets.ts'
import type { Budget } from './budgets.ts'

type Prepare = Budget['prepare']

let releases = 0

/** Another version each time. */
const published = () => ({ version: `1.0.${++releases}`, reason: 'Counted.' })

const hostAsked =
  (path: string, body?: () => object): Prepare =>
  async (runtime) => {
    const host = await hostOf(runtime, 'recover')
    return () => host.send(path, body === undefined ? {} : { body: body() })
  }

const endpointAsked =
  (verb: string, method = 'POST', body: object | null = null): Prepare =>
  async (runtime) => {
    const host = await hostOf(runtime, 'recover')
    const asked = { url: 'http://localhost:1/hook', email: 'it@acme.example' }
    const { id } = await host.ask('webhook-endpoints', asked)
    return () =>
      host.send(`webhook-endpoints/${String(id)}${verb}`, {
        method,
        ...(body === null ? {} : { body }),
      })
  }

const newEndpoint = () => ({ url: 'http://localhost:1/new', email: 'it@acme.example' })

const releaseChanged =
  (verb: string, change: object): Prepare =>
  async (runtime) => {
    const host = await hostOf(runtime, 'recover')
    const release = published()
    await host.ask('releases', release)
    const body = { ...change, reason: 'Counted.' }
    return () => host.send(`releases/${release.version}/${verb}`, { body })
  }

const updateAsked: Prepare = async (runtime) => {
  const { key } = await installationOf(runtime, 'dr')
  const body = JSON.stringify({ key, product: 'recover', version: '1.0.0' })
  const headers = { 'Content-Type': 'application/json' }
  return () => fetch(`${runtime.system.origin}/v1/updates/check`, { method: 'POST', headers, body })
}

export const HOST_BUDGETS: Readonly<Record<string, Budget>> = {
  'POST /v1/updates/check': { roundTrips: 2, prepare: updateAsked },
  'GET /v1/host/entitlements': {
    roundTrips: 2,
    prepare: hostAsked('entitlements?customer=counted'),
  },
  'GET /v1/host/events': { roundTrips: 2, prepare: hostAsked('events') },
  'GET /v1/host/releases': { roundTrips: 2, prepare: hostAsked('releases') },
  'POST /v1/host/releases': { roundTrips: 3, prepare: hostAsked('releases', published) },
  'POST /v1/host/releases/:version/rollout': {
    roundTrips: 3,
    prepare: releaseChanged('rollout', { rollout_percent: 50 }),
  },
  'GET /v1/host/webhook-endpoints': { roundTrips: 2, prepare: hostAsked('webhook-endpoints') },
  'POST /v1/host/webhook-endpoints': {
    roundTrips: 4,
    prepare: hostAsked('webhook-endpoints', newEndpoint),
  },
  'DELETE /v1/host/webhook-endpoints/:id': { roundTrips: 3, prepare: endpointAsked('', 'DELETE') },
  'POST /v1/host/webhook-endpoints/:id/rotate-secret': {
    roundTrips: 3,
    prepare: endpointAsked('/rotate-secret', 'POST', {}),
  },
  'POST /v1/host/webhook-endpoints/:id/enable': {
    roundTrips: 3,
    prepare: endpointAsked('/enable', 'POST', {}),
  },
  'POST /v1/host/webhook-endpoints/test': {
    roundTrips: 4,
    prepare: hostAsked('webhook-endpoints/test', () => ({})),
  },
  'GET /v1/host/webhook-endpoints/:id/deliveries': {
    roundTrips: 3,
    prepare: endpointAsked('/deliveries', 'GET'),
  },
  'POST /v1/host/webhook-endpoints/:id/deliveries/:event/redeliver': {
    roundTrips: 3,
    status: 404,
    prepare: endpointAsked('/deliveries/evt_1/redeliver'),
  },
  'POST /v1/host/releases/:version/yank': { roundTrips: 3, prepare: releaseChanged('yank', {}) },
}
