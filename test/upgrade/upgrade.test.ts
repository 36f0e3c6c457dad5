/** C20: the version before the last migration serves while this one migrates, and beside it afterwards. */
import { importJWK, SignJWT } from 'jose'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Temporal } from 'temporal-polyfill'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startStripeStandIn } from '../../demo/stripe/stand-in.ts'
import { createBuyer, DR_MONTHLY, type Buyer } from '../support/buyer.ts'
import { freePort, startNodeServer } from '../support/node-server.ts'
import { pay } from '../support/payment-page.ts'
import { previousCommit, thisVersion, versionOf, type Version } from './versions.ts'

const CATALOGUE = fileURLToPath(new URL('../../demo/catalogue.yaml', import.meta.url))
const VISITS = 40
/** Quote, order, the order again, cancel, list: 200 requests in all. */
const ALL_FINE = { 200: 3 * VISITS, 201: 2 * VISITS }
const BECAUSE = ['--reason', 'An upgrade.']

/** One database and one provider, under the first version. */
async function setUp(first: Version) {
  const directory = await mkdtemp(join(tmpdir(), 'license-center-upgrade-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const webhook = { url: `${origin}/webhooks/stripe`, secret: 'whsec_upgrade' }
  const stripe = await startStripeStandIn({ port: 0, now: Temporal.Now.instant, webhook })
  onTestFinished(stripe.close)
  const secretOf = (letter: string) => Buffer.alloc(32, letter).toString('base64url')
  const env = {
    CENTER_ORIGIN: origin,
    PORT: String(port),
    DATABASE_URL: `file:${directory}/center.db`,
    STRIPE_SECRET_KEY: 'sk_test_upgrade',
    STRIPE_WEBHOOK_SECRET: webhook.secret,
    STRIPE_API_BASE: stripe.origin,
    LICENSE_KEY_HASH_SECRET: secretOf('a'),
    LICENSE_KEY_CIPHER_SECRET: secretOf('b'),
    LINK_TOKEN_SECRET: secretOf('c'),
  }
  await first.run(['migrate'], env)
  await first.run(['catalogue', 'apply', CATALOGUE, ...BECAUSE], env)
  const kind = ['product', 'keys', 'create', 'recover', '--kind', 'host', '--json']
  const made: unknown = JSON.parse(await first.run([...kind, ...BECAUSE], env))
  const jwk = z
    .object({ secret: z.object({ private_jwk: z.looseObject({ kid: z.string() }) }) })
    .parse(made).secret.private_jwk
  const serve = async (version: Version, at: number) => {
    const server = startNodeServer({ ...env, PORT: String(at) }, version.build)
    onTestFinished(() => void server.process.kill('SIGKILL'))
    await server.logged('server.started')
    return {
      as: (customer: string) => buyerAt(`http://localhost:${at}`, origin, jwk, customer),
      output: server.output,
    }
  }
  return { env, port, origin, stripe, serve }
}

function buyerAt(at: string, audience: string, jwk: { kid: string }, subject: string): Buyer {
  const token = async () =>
    new SignJWT({ email: `${subject}@acme.example`, name: subject, scope: 'read buy manage' })
      .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid, typ: 'license-host+jwt' })
      .setIssuer('recover')
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importJWK(jwk, 'EdDSA'))
  return createBuyer({ base: `${at}/w/pk_demo_recover`, token })
}

type Serving = Awaited<ReturnType<Awaited<ReturnType<typeof setUp>>['serve']>>

/** @returns how often each status was answered */
async function visits(server: Serving, who: string): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {}
  const noted = async (response: Response) => {
    statuses[response.status] = (statuses[response.status] ?? 0) + 1
    return z.looseObject({ id: z.string().optional() }).parse(await response.json())
  }
  for (let visit = 0; visit < VISITS; visit++) {
    const buyer = server.as(`${who}-${visit}`)
    const quote = await noted(await buyer.send('quotes', { body: { items: [DR_MONTHLY] } }))
    const { version } = z.object({ version: z.string() }).parse(quote['notices'])
    const body = { quote_id: quote.id, notices_version: version }
    const order = await noted(await buyer.send('orders', { body }))
    await noted(await buyer.send(`orders/${order.id}`))
    await noted(await buyer.send(`orders/${order.id}/cancel`, { method: 'POST' }))
    await noted(await buyer.send('licenses'))
  }
  return statuses
}

/** Not held to the schemas of this version, which the one before cannot know. */
async function ordered(buyer: Buyer) {
  const quoted = await buyer.send('quotes', { body: { items: [DR_MONTHLY] } })
  const Quoted = z.object({ id: z.string(), notices: z.object({ version: z.string() }) })
  const { id, notices } = Quoted.parse(await quoted.json())
  const body = { quote_id: id, notices_version: notices.version }
  const placed = await buyer.send('orders', { body })
  return z.object({ payment_url: z.string() }).parse(await placed.json())
}

async function licensesOf(server: Serving, customer: string): Promise<Record<string, unknown>> {
  const response = await server.as(customer).send('licenses')
  return z.record(z.string(), z.unknown()).parse(await response.json())
}

it('serves 200 requests before, while and after the next version migrates, and beside it', async () => {
  const commit = previousCommit()
  const [before, now] = [versionOf(commit), thisVersion()]
  const center = await setUp(before)
  const old = await center.serve(before, center.port)
  expect(await visits(old, 'before')).toEqual(ALL_FINE)

  const during = visits(old, 'during')
  const migrated = await now.run(['migrate'], center.env)
  expect(await during).toEqual(ALL_FINE)

  const next = await center.serve(now, await freePort())
  const [byOld, byNew] = await Promise.all([visits(old, 'old'), visits(next, 'new')])
  expect({ byOld, byNew }).toEqual({ byOld: ALL_FINE, byNew: ALL_FINE })

  // What one of them sold, the other one shows, and maybe more of it; webhooks go to the one before.
  for (const seller of [old, next]) {
    const customer = seller === old ? 'sold-by-old' : 'sold-by-new'
    await pay(await ordered(seller.as(customer)))
    await center.stripe.delivered()
    const [byOld, byNew] = [await licensesOf(old, customer), await licensesOf(next, customer)]
    expect(byOld).toMatchObject({ data: [{ status: 'active' }, { status: 'active' }] })
    expect(byNew).toMatchObject(byOld)
  }
  expect(old.output() + next.output()).not.toContain('"level":"error"')
  console.log(`${commit} served while this version applied:\n${migrated}`)
})
