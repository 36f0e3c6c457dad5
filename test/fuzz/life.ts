/**
 * A customer of `recover` who lives through what most operations need, so that requests find all of it
 * alive and belonging together: a license with a renewal, installations, codes, a rebind that waits.
 */
import { LicenseList } from '../../server/contract/licenses.ts'
import { airGappedHost } from '../support/air-gapped-host.ts'
import { DR_AUTO, DR_MONTHLY, type Buyer } from '../support/buyer.ts'
import type { HostBackend } from '../support/host.ts'
import { createInstallation } from '../support/installation.ts'
import { bought, consentTo, month, paid } from '../support/renewing.ts'
import type { TestSystem } from '../support/system.ts'
import { deliverWebhooks } from '../../server/jobs/deliver-webhooks.ts'
import { issueActivationCode } from '../../server/usecases/activation-codes.ts'

/** What a request can name as `«live:NAME»`. */
export type Life = Readonly<Record<string, string>>

const PRODUCT = 'recover'

/**
 * @param name  of the customer, whom nobody has been yet
 * @param before  what nobody will name any more, and what would only cost time from now on
 */
export async function live(
  center: TestSystem,
  host: HostBackend,
  name: string,
  before: Life,
): Promise<Life> {
  const buyer = center.as(PRODUCT, name)
  const license = await bought(center, buyer, DR_AUTO)
  const renewal = await paid(center, buyer, await buyer.price(month(license)))
  const { notices_version: notices } = await consentTo(buyer, 'dr')
  const open = await buyer.buy(DR_MONTHLY)
  const quote = await buyer.quote(DR_MONTHLY)
  const owned = LicenseList.parse(await jsonOf(buyer, 'licenses')).data
  const spare = owned.find(({ one_time }) => one_time)?.id ?? ''
  const { data: methods } = await jsonOf<{ data: { id: string }[] }>(buyer, 'payment-methods')
  const key = await revealed(buyer, license)
  // It has saved a card by renewing itself; a crowd that renews for ever would take all the time.
  await jsonOf(buyer, 'renewals/mode', { license_ids: [license], mode: 'manual' })
  return {
    ...(await installations(center, buyer, license, key)),
    ...(await codes(center, buyer, license)),
    ...(await told(center, host, before)),
    customer: name,
    license,
    key,
    last4: key.slice(-4),
    renewal: renewal.id,
    notices,
    open: open.id,
    quote: quote.id,
    quoteNotices: quote.notices.version,
    spare,
    spareKey: await revealed(buyer, spare),
    method: methods[0]?.id ?? '',
  }
}

/** One that stays, and one whose place was taken so lately that the next request for it waits. */
async function installations(
  { system: { origin } }: TestSystem,
  buyer: Buyer,
  license: string,
  key: string,
): Promise<Life> {
  const product = createInstallation({ origin, key, product: PRODUCT })
  const activated = async (fingerprint: string) =>
    (await product.ask('activate', { fingerprint, name: fingerprint })).activation?.id ?? ''
  const [activation, first] = [await activated('host'), await activated('first')]
  const rebound = async (activation_id: string, fingerprint: string) => {
    const body = { activation_id, fingerprint }
    return jsonOf<{ id: string; new_activation_id: string | null }>(
      buyer,
      `licenses/${license}/rebind`,
      body,
    )
  }
  const { new_activation_id: second } = await rebound(first, `second of ${license}`)
  const { id: rebind } = await rebound(second ?? '', `third of ${license}`)
  return { activation, rebind }
}

/** Of the customer, of a host without a network, and the proof of another that forgot its activation. */
async function codes(center: TestSystem, buyer: Buyer, license: string): Promise<Life> {
  const { registration_code: own } = await jsonOf<{ registration_code: string }>(
    buyer,
    'registration-code',
  )
  const product = center.system.catalogue.products.find(({ id }) => id === PRODUCT)
  if (product === undefined) throw new Error('nothing is sold')
  const { code } = await issueActivationCode(center.system.deps, product, {
    registrationCode: own,
    terms: { plan: 'dr', quantity: 1, months: null, days: null },
    reference: own,
    validDays: 30,
    actor: 'operator:mia',
    reason: 'To be redeemed.',
  })
  const forgetful = airGappedHost(PRODUCT, 'forgetful', [])
  const body = { registration_code: await forgetful.register() }
  await jsonOf(buyer, `licenses/${license}/activation-code`, body)
  const registration = await airGappedHost(PRODUCT, 'offline', []).register()
  return { code, registration, deactivation: await forgetful.deactivate() }
}

/** An endpoint nobody listens at, and an event that was for it. */
async function told({ system }: TestSystem, host: HostBackend, before: Life): Promise<Life> {
  if (before['endpoint'] !== undefined) {
    await host.send(`webhook-endpoints/${before['endpoint']}`, { method: 'DELETE' })
  }
  const body = { url: 'http://localhost:1/life', email: 'it@acme.example' }
  const { id: endpoint } = await host.ask('webhook-endpoints', body)
  await host.send('webhook-endpoints/test', { method: 'POST' })
  await deliverWebhooks(system.deps)
  const { data } = await host.ask(`webhook-endpoints/${String(endpoint)}/deliveries`)
  const [latest] = Array.isArray(data) ? data : []
  return { endpoint: String(endpoint), event: String(Object(latest).event) }
}

async function revealed(buyer: Buyer, license: string): Promise<string> {
  return (await jsonOf<{ key: string }>(buyer, `licenses/${license}/reveal`, {})).key
}

async function jsonOf<T>(buyer: Buyer, path: string, body?: object): Promise<T> {
  const response = await buyer.send(path, body === undefined ? {} : { body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${text}`)
  return JSON.parse(text) as T
}
