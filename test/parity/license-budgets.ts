/** Requests of installed products, prepared up to the one that is counted. */
import type { LicenseQuestionBody } from '../../server/contract/license-api.ts'
import { demoCustomer } from '../../demo/customers.ts'
import {
  customerCode,
  customerDigest,
  registrationCode,
} from '../../server/domain/offline-codes.ts'
import { issueActivationCode } from '../../server/usecases/activation-codes.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { createInstallation, type Installation, type Verb } from '../support/installation.ts'
import { pay } from '../support/payment-page.ts'
import type { Runtime } from './runtimes.ts'

type Prepare = (runtime: Runtime) => Promise<() => Promise<Response>>

const HOST = { fingerprint: 'host-a' }
const UNIT = { reference: 'vm-1' }

export const revealed: Prepare = async (runtime) => {
  const { id } = await licenseOf(runtime, 'dr')
  return () => runtime.as('recover', 'counted').send(`licenses/${id}/reveal`, { method: 'POST' })
}

/** Of a host that nobody has. */
export const REGISTRATION = registrationCode({
  digest: 'a'.repeat(20),
  commitment: 'b'.repeat(20),
})

/** A request of the customer about a license with one installation. */
export const ofActivated =
  (
    request: (
      id: string,
      activation: string,
      last4: string,
    ) => Parameters<ReturnType<Runtime['as']>['send']>,
  ): Prepare =>
  async (runtime) => {
    const { installation, id, key } = await installationOf(runtime, 'dr')
    const { activation } = await installation.ask('activate', HOST)
    const asked = request(id, activation?.id ?? '', key.slice(-4))
    return () => runtime.as('recover', 'counted').send(...asked)
  }

/** A code that an operator issued for the customer. */
export const redeemed: Prepare = async (runtime) => {
  const { deps, catalogue } = runtime.system
  const product = catalogue.products.find(({ id }) => id === 'recover')
  if (product === undefined) throw new Error('the demo sells no recover')
  const { id: subject } = demoCustomer('counted')
  const { code } = await issueActivationCode(deps, product, {
    registrationCode: customerCode(await customerDigest(product.id, subject)),
    terms: { plan: 'dr', quantity: 1, months: null, days: null },
    reference: 'counted',
    validDays: 1,
    actor: 'operator:mia',
    reason: 'Counted.',
  })
  const body = { activation_code: code }
  return () => runtime.as('recover', 'counted').send('activation-codes/redeem', { body })
}

/** Of the only active installation. */
export const fileDownloaded: Prepare = async (runtime) => {
  const { installation, id } = await installationOf(runtime, 'dr')
  await installation.ask('activate', HOST)
  return () => runtime.as('recover', 'counted').send(`licenses/${id}/file`)
}

/** A verb for an installation, after others that prepare it. */
export const asked = (verb: Verb, ...before: Verb[]) => prepared('dr', HOST, verb, before)
/** The same for a unit of a one-time license. */
export const unitAsked = (verb: Verb, ...before: Verb[]) => prepared('failback', UNIT, verb, before)

/** Another machine takes the unit of the one that is active. */
export const rebound: Prepare = async (runtime) => {
  const { installation, key } = await installationOf(runtime, 'dr')
  const { activation } = await installation.ask('activate', HOST)
  const question = { fingerprint: 'host-b', activation_id: activation?.id }
  return () => asking(runtime, 'rebind', { key, ...question })
}

function prepared(
  type: string,
  question: Partial<LicenseQuestionBody>,
  verb: Verb,
  before: readonly Verb[],
): Prepare {
  return async (runtime) => {
    const { installation, key } = await installationOf(runtime, type)
    for (const earlier of before) await installation.ask(earlier, question)
    return () => asking(runtime, verb, { key, ...question })
  }
}

function asking({ system }: Runtime, verb: Verb, question: object): Promise<Response> {
  return fetch(`${system.origin}/v1/licenses/${verb}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ product: 'recover', ...question }),
  })
}

/** A new license of that type, and a product that has its key. */
export async function installationOf(
  runtime: Runtime,
  type: string,
): Promise<{ installation: Installation; key: string; id: string }> {
  const { id } = await licenseOf(runtime, type)
  const buyer = runtime.as('recover', 'counted')
  const answer = await buyer.send(`licenses/${id}/reveal`, { method: 'POST' })
  const { key } = (await answer.json()) as { key: string }
  const { origin } = runtime.system
  return { installation: createInstallation({ origin, key, product: 'recover' }), key, id }
}

/** DR, and the failback licenses that come free with it. */
async function licenseOf(runtime: Runtime, type: string): Promise<{ id: string }> {
  const buyer = runtime.as('recover', 'counted')
  const order = await buyer.buy(DR_MONTHLY)
  await pay(order)
  // Fulfils it at once, whether or not a webhook is on its way.
  await fetch(`${runtime.system.origin}/pay/return?order=${order.id}`)
  const { licenses } = await buyer.follow(order.id)
  const found = await Promise.all(licenses.map((id) => buyer.license(id)))
  const license = found.find((candidate) => candidate.type === type)
  if (license === undefined) throw new Error(`the order ${order.id} brought no ${type} license`)
  return license
}
