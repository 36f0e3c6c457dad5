import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importJWK, SignJWT } from 'jose'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startStripeStandIn } from '../../../demo/stripe/stand-in.ts'
import { createBuyer, DR_MONTHLY } from '../../support/buyer.ts'
import { openCommandLine } from '../../support/command-line.ts'
import {
  buildNodeServer,
  freePort,
  startNodeServer,
  type NodeServer,
} from '../../support/node-server.ts'
import { pay } from '../../support/payment-page.ts'

const DEMO = fileURLToPath(new URL('../../../demo/catalogue.yaml', import.meta.url))
const EMAIL = 'canary.buyer@acme.example'
const NAME = 'Canary Buyer'

beforeAll(buildNodeServer)
const servers: NodeServer[] = []
afterAll(() => servers.forEach(({ process }) => process.kill('SIGKILL')))

/** Configured by the command line alone, as a vendor would. */
async function startCenter() {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const webhook = { url: `${origin}/webhooks/stripe`, secret: 'whsec_canary0123456789' }
  const standIn = await startStripeStandIn({ port: 0, now: Temporal.Now.instant, webhook })
  onTestFinished(standIn.close)
  const secretOf = (letter: string) => Buffer.alloc(32, letter).toString('base64url')
  const env = {
    CENTER_ORIGIN: origin,
    PORT: String(port),
    STRIPE_SECRET_KEY: 'sk_test_canary0123456789',
    STRIPE_WEBHOOK_SECRET: webhook.secret,
    STRIPE_API_BASE: standIn.origin,
    LICENSE_KEY_HASH_SECRET: secretOf('a'),
    LICENSE_KEY_CIPHER_SECRET: secretOf('b'),
    LINK_TOKEN_SECRET: secretOf('c'),
  }
  const line = await openCommandLine(env)
  await copyFile(DEMO, join(line.directory, 'catalogue.yaml'))
  await line.run('migrate')
  await line.run('catalogue', 'apply', 'catalogue.yaml', '--reason', 'First')
  const made = await line.run(
    'product',
    'keys',
    'create',
    'recover',
    '--kind',
    'host',
    '--reason',
    'First',
    '--json',
  )
  const database = `file:${join(line.directory, '.data/license-center.db')}`
  const server = startNodeServer({ ...env, DATABASE_URL: database })
  servers.push(server)
  await server.logged('server.started')
  const { secret } = z
    .object({ secret: z.object({ private_jwk: z.looseObject({ kid: z.string() }) }) })
    .parse(made.json())
  return { origin, env, server, standIn, line, buyer: buyerOf(origin, secret.private_jwk) }
}

function buyerOf(origin: string, jwk: { kid: string }) {
  const token = async () =>
    new SignJWT({ email: EMAIL, name: NAME, scope: 'read buy manage' })
      .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid, typ: 'license-host+jwt' })
      .setIssuer('recover')
      .setAudience(origin)
      .setSubject('canary-subject')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importJWK(jwk, 'EdDSA'))
  return createBuyer({ base: `${origin}/w/pk_demo_recover`, token })
}

it('ends politely: requests under way are answered, long polls are let go, within ten seconds', async () => {
  const { origin, server, buyer } = await startCenter()
  expect((await fetch(`${origin}/ready`)).status).toBe(200)
  const order = await buyer.buy(DR_MONTHLY)
  const waiting = buyer.follow(order.id, 25)
  await new Promise((resolve) => setTimeout(resolve, 400))
  const askedAt = performance.now()
  server.process.kill('SIGTERM')
  expect((await waiting).state).toBe('pending')
  expect(await server.ended).toBe(0)
  expect(performance.now() - askedAt).toBeLessThan(10_000)
  expect(server.output()).toContain('"event":"server.stopped","isPolite":true')
  await expect(fetch(`${origin}/health`)).rejects.toThrow()
})

it('T17: tells nobody’s name, address, token, key or secret in a whole purchase with everything that fails', async () => {
  const { origin, env, server, standIn, line, buyer } = await startCenter()
  const order = await buyer.buy(DR_MONTHLY)
  await pay(order)
  await standIn.delivered()
  const paid = await buyer.follow(order.id, 25)
  expect(paid.licenses).toHaveLength(2)
  const token = await buyer.token()
  await buyer.licenses({ q: EMAIL })
  await buyer.send(`orders/${order.id}?wait=0&token=canary-query`)
  await buyer.send('quotes', { body: `{"canary-body": "${EMAIL}"` })
  await buyer.send('licenses', { headers: { Authorization: `Bearer ${token}x` } })
  await fetch(`${origin}/orders/canary-link?email=${EMAIL}`)
  await fetch(`${origin}/webhooks/stripe`, {
    method: 'POST',
    body: EMAIL,
    headers: { 'Stripe-Signature': 't=1,v1=canary' },
  })
  await standIn.control({ outage: '500', calls: 9 })
  await buyer.send('orders', {
    body: { quote_id: (await buyer.quote(DR_MONTHLY)).id, notices_version: 'x' },
  })
  const jobs = await line.run('jobs', 'run')
  server.process.kill('SIGTERM')
  await server.ended
  const told = server.output() + jobs.out + jobs.error
  expect(told).toContain('"route":"/w/:publishableKey/orders/:id"')
  expect(told).toContain('"event":"webhook.received"')
  const secrets = Object.entries(env)
    .filter(([name]) => /SECRET/.test(name))
    .map(([, value]) => value)
  const canaries = [
    ...secrets,
    EMAIL,
    NAME,
    token,
    order.payment_url ?? '?',
    'canary',
    'pk_demo_recover',
    '?wait',
    'Bearer ey',
  ]
  expect(canaries.filter((canary) => told.includes(canary))).toEqual([])
})
