/** `webhooks …`: where backends of hosts are told what happened, for operators who help one of them. */
import { EndpointRequest, RotateRequest } from '../../contract/webhooks.ts'
import { deliveriesOf, endpointsOf, readEndpoint } from '../../db/queries/webhooks.ts'
import type { DeliveryRow, EndpointRow } from '../../db/queries/webhooks.ts'
import type { Deps } from '../../deps.ts'
import { formatInstant } from '../../domain/calendar.ts'
import { positionOf } from '../../domain/host-event.ts'
import { operatorOf, type HostScope } from '../../domain/host-scope.ts'
import { Refused } from '../../domain/refusals.ts'
import {
  createEndpoint,
  deleteEndpoint,
  enableEndpoint,
  redeliver,
  rotateSecret,
  sendTest,
} from '../../usecases/change-webhook-endpoints.ts'
import { UsageError, type CommandSpec, type Given, type Report } from './command.ts'
import { soldProduct } from './license-grant.ts'
import type { Shell } from './shell.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

const PRODUCT = { type: 'positional', description: 'Product id' } as const
const ENDPOINT = { type: 'positional', description: 'whe_…, as `webhooks list` shows it' } as const
const EVENT = {
  type: 'positional',
  description: 'evt_…, as `webhooks deliveries` shows it',
} as const
const NOBODY = { actor: 'operator', reason: null } as const

export const addWebhookCommand: CommandSpec = {
  name: 'add',
  description: 'Tell an address what happens from now on; prints its secret',
  args: {
    product: PRODUCT,
    url: { type: 'positional', description: 'https address of the backend' },
    email: { type: 'string', description: 'Who hears when it is disabled', required: true },
    ...ACCOUNTABLE,
  },
  run: (given, shell) => {
    const asked = { url: given.required('url'), email: given.required('email') }
    const request = EndpointRequest.safeParse(asked)
    if (!request.success) throw new UsageError('--email is an address, and so is the url.')
    return changing(given, shell, async (deps, scope) => {
      const { endpoint, secret } = await createEndpoint(deps, scope, request.data)
      return shownWith(endpoint, secret)
    })
  },
}

export const listWebhooksCommand: CommandSpec = {
  name: 'list',
  description: 'List the endpoints of a product, without their secrets',
  args: { product: PRODUCT },
  run: (given, shell) =>
    reading(given, shell, async ({ db }, scope) => {
      const rows = await endpointsOf(db, scope)
      const text = rows.length === 0 ? 'Nobody is told.' : rows.map(lineOf).join('\n')
      return { data: { endpoints: rows.map(summary) }, text }
    }),
}

export const listDeliveriesCommand: CommandSpec = {
  name: 'deliveries',
  description: 'List what an endpoint was told, latest first, and how it went',
  args: { product: PRODUCT, endpoint: ENDPOINT },
  run: (given, shell) =>
    reading(given, shell, async ({ db }, scope) => {
      const row = await readEndpoint(db, scope, given.required('endpoint'))
      if (row === null) throw new Refused('webhook_endpoint.not_found')
      const rows = await deliveriesOf(db, row.id)
      const text = rows.length === 0 ? 'It was told nothing yet.' : rows.map(deliveryLine)
      return { data: { deliveries: rows.map(delivery) }, text: [text].flat().join('\n') }
    }),
}

export const testWebhooksCommand: CommandSpec = {
  name: 'test',
  description: 'Send the event webhook.tested to all endpoints of a product',
  args: { product: PRODUCT, ...ACCOUNTABLE },
  run: (given, shell) =>
    changing(given, shell, async (deps, scope) => {
      await sendTest(deps, scope)
      const rows = (await endpointsOf(deps.db, scope)).filter(({ state }) => state === 'enabled')
      const text = `It goes to ${rows.length} endpoints with the next run of deliver-webhooks.`
      return { data: { endpoints: rows.map(summary) }, text }
    }),
}

export const redeliverCommand: CommandSpec = {
  name: 'redeliver',
  description: 'Tell an event again, with its old webhook-id',
  args: { product: PRODUCT, endpoint: ENDPOINT, event: EVENT, ...ACCOUNTABLE },
  run: (given, shell) => {
    const position = positionOf(given.required('event'))
    if (position === null) throw new UsageError('The event is evt_… .')
    return changing(given, shell, async (deps, scope) =>
      shown(await redeliver(deps, scope, given.required('endpoint'), position)),
    )
  },
}

export const rotateWebhookCommand: CommandSpec = {
  name: 'rotate',
  description: 'Make a new secret; both sign for a while',
  args: {
    product: PRODUCT,
    endpoint: ENDPOINT,
    'overlap-hours': { type: 'string', description: '0 to 168', default: '24' },
    ...ACCOUNTABLE,
  },
  run: (given, shell) => {
    const asked = { overlap_hours: Number(given.required('overlap-hours')) }
    const request = RotateRequest.safeParse(asked)
    if (!request.success) throw new UsageError('--overlap-hours is a whole number from 0 to 168.')
    return changing(given, shell, async (deps, scope) => {
      const hours = request.data.overlap_hours
      const rotated = await rotateSecret(deps, scope, given.required('endpoint'), hours)
      return shownWith(rotated.endpoint, rotated.secret)
    })
  },
}

const CHANGES = {
  enable: { description: 'Enable an endpoint again; what waited goes out', change: enableEndpoint },
  delete: { description: 'Delete an endpoint; what waits is dropped', change: deleteEndpoint },
} as const

export function changeWebhookCommand(name: keyof typeof CHANGES): CommandSpec {
  const { description, change } = CHANGES[name]
  return {
    name,
    description,
    args: { product: PRODUCT, endpoint: ENDPOINT, ...ACCOUNTABLE },
    run: (given, shell) =>
      changing(given, shell, async (deps, scope) =>
        shown(await change(deps, scope, given.required('endpoint'))),
      ),
  }
}

type Work = (deps: Deps, scope: HostScope) => Promise<Report>

function changing(given: Given, shell: Shell, work: Work): Promise<Report> {
  const account = accountOf(given)
  return forProduct(given, shell, account, work)
}

function reading(given: Given, shell: Shell, work: Work): Promise<Report> {
  return forProduct(given, shell, NOBODY, work)
}

function forProduct(
  given: Given,
  shell: Shell,
  account: Parameters<typeof operatorOf>[1],
  work: Work,
): Promise<Report> {
  return withDeps(shell, async (deps) => {
    const { id } = await soldProduct(deps, given.required('product'))
    return work(deps, operatorOf(id, account))
  })
}

function shown(row: EndpointRow): Report {
  return { data: summary(row), text: lineOf(row) }
}

function shownWith(row: EndpointRow, secret: string): Report {
  const text = `${lineOf(row)}\n${secret}\nIts receiver verifies with this secret, by Standard Webhooks.`
  return { data: { ...summary(row), secret }, text }
}

function summary({ id, url, email, state, failingSince, createdAt }: EndpointRow) {
  const since = failingSince && formatInstant(failingSince)
  return { id, url, email, state, failing_since: since, created_at: formatInstant(createdAt) }
}

function lineOf(row: EndpointRow): string {
  const { id, state, url, failing_since: since } = summary(row)
  return `${id}  ${state}  ${url}${since === null ? '' : `  failing since ${since}`}`
}

function delivery(row: DeliveryRow) {
  const { position, type, state, attempts, outcome } = row
  const next = state === 'pending' ? formatInstant(row.nextAt) : null
  return { event: `evt_${position}`, type, state, attempts, outcome, next_at: next }
}

function deliveryLine(row: DeliveryRow): string {
  const { event, type, state, attempts, outcome } = delivery(row)
  return `${event}  ${type}  ${state}  ${attempts} attempts  ${outcome ?? '–'}`
}
