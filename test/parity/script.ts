/** The requests of the parity suite, in order, as anybody could send them: nothing looks inside. */
import { signatureHeader } from '../../demo/stripe/webhook-sender.ts'
import { DR_AUTO, DR_MONTHLY, type Buyer } from '../support/buyer.ts'
import { CARDS, pay, payByBank } from '../support/payment-page.ts'
import type { Order } from '../../server/contract/orders.ts'
import type { Quote } from '../../server/contract/quotes.ts'
import type { Runtime } from './runtimes.ts'

/** Notes what was answered under that name. @returns the same answer, to read on */
export type Note = (request: string, response: Response) => Promise<Response>

type Part = (runtime: Runtime, note: Note) => Promise<void>

export async function runScript(runtime: Runtime, note: Note): Promise<void> {
  for (const part of [pages, refusals, origins, tokens, purchase, endings, webhooks, lists]) {
    await part(runtime, note)
  }
}

/** Beside those that `routes.test.ts` compares. */
const PAGES = ['/pay/return', '/pay/return?order=ord_unknown', '/there/is/nothing']

const pages: Part = async ({ system: { origin } }, note) => {
  for (const path of PAGES) await note(`GET ${path}`, await fetch(origin + path))
  const chinese = { 'Accept-Language': 'zh-CN' }
  await note('GET / in Chinese', await fetch(origin, { headers: chinese }))
  const form = new URLSearchParams({ topic: 'billing', email: 'no address', message: 'x' })
  await note(
    'POST /contact, faulty',
    await fetch(`${origin}/contact`, { method: 'POST', body: form }),
  )
}

const refusals: Part = async (runtime, note) => {
  const acme = runtime.as('recover', 'acme')
  const quotes = (body: unknown, headers = {}) => acme.send('quotes', { body, headers })
  await note('POST quotes, no JSON', await quotes('{'))
  await note('POST quotes, a list', await quotes([]))
  await note('POST quotes, a BOM', await quotes('\u{feff}{}'))
  await note('POST quotes, __proto__', await quotes('{"__proto__":{}}'))
  await note('POST quotes, nothing in it', await quotes({ items: [] }))
  await note('POST quotes, unknown plan', await quotes({ items: [{ plan: 'x', quantity: 1 }] }))
  await note('POST quotes, many faults', await quotes({ items: [{ quantity: -1, a: 1 }], b: 2 }))
  await note('POST quotes, 65 kB', await quotes(JSON.stringify({ a: 'x'.repeat(66_000) })))
  await note('POST orders, unknown quote', await acme.send('orders', { body: UNKNOWN_QUOTE }))
  await note('GET orders, unknown', await acme.send('orders/ord_01h455vb4pex5vsknk084sn02q'))
  await note('GET licenses, bad cursor', await acme.send('licenses?cursor=bm8'))
  await note('GET licenses/{id}, unknown', await acme.send('licenses/lic_nobody'))
  await note('POST billing-portal, too early', await acme.send('billing-portal', { body: {} }))
  await note('PUT quotes', await acme.send('quotes', { method: 'PUT', body: {} }))
  await note(
    'GET an unknown product',
    await fetch(`${runtime.system.origin}/w/pk_nobody/catalogue`),
  )
}

const UNKNOWN_QUOTE = { quote_id: 'quo_01h455vb4pex5vsknk084sn02q', notices_version: 'v' }

const origins: Part = async ({ system: { origin } }, note) => {
  const url = `${origin}/w/pk_demo_recover/catalogue`
  const from = (value: string, method = 'GET') =>
    fetch(url, { method, headers: { Origin: value, 'Access-Control-Request-Method': 'POST' } })
  await note('GET catalogue, no origin', await fetch(url))
  await note('GET catalogue, listed origin', await from(origin))
  await note('GET catalogue, other origin', await from('https://evil.example'))
  await note('GET catalogue, null origin', await from('null'))
  await note('OPTIONS, listed origin', await from(origin, 'OPTIONS'))
  await note('OPTIONS, other origin', await from('https://evil.example', 'OPTIONS'))
}

const tokens: Part = async (runtime, note) => {
  const url = `${runtime.system.origin}/w/pk_demo_recover/licenses`
  const bearing = (value: string) => fetch(url, { headers: { Authorization: value } })
  const token = await runtime.as('recover', 'acme').token()
  const [header, , signature] = token.split('.')
  await note('GET licenses, no token', await fetch(url))
  await note('GET licenses, Basic', await bearing('Basic abc'))
  await note('GET licenses, no JWT', await bearing('Bearer abc'))
  await note('GET licenses, forged', await bearing(`Bearer ${header}.e30.${signature}`))
  const foreign = await runtime.as('shift', 'acme').token()
  await note('GET licenses, of another product', await bearing(`Bearer ${foreign}`))
  const reader = runtime.as('recover', 'acme', 'read')
  await note('POST orders, read only', await reader.send('orders', { body: UNKNOWN_QUOTE }))
}

const purchase: Part = async (runtime, note) => {
  const acme = runtime.as('recover', 'acme')
  await note('GET catalogue', await acme.send('catalogue'))
  const quote = await noted<Quote>(note, 'POST quotes', await acme.send('quotes', { body: QUOTE }))
  await note('GET quotes/{id}', await acme.send(`quotes/${quote.id}`))
  const other = runtime.as('recover', 'somebody')
  await note('GET quotes/{id}, not theirs', await other.send(`quotes/${quote.id}`))
  const request = { quote_id: quote.id, notices_version: quote.notices.version }
  const place = (body: object) =>
    acme.send('orders', { body, headers: { 'Idempotency-Key': 'parity' } })
  await note('POST orders, other notes', await place({ ...request, notices_version: 'old' }))
  await note('POST orders, away', await place({ ...request, return_url: 'https://evil.example' }))
  const order = await noted<Order>(note, 'POST orders', await place(request))
  await note('POST orders, again', await place(request))
  await note('POST orders, other body', await place({ ...request, locale: 'de' }))
  await note('GET orders/{id}', await acme.send(`orders/${order.id}`))
  await note('GET orders/{id}, not theirs', await other.send(`orders/${order.id}`))
  await runtime.system.stripe.delivered()
  const following = acme.send(`orders/${order.id}?wait=20`)
  await note('POST payment page, declined', await pay(order, CARDS.declined))
  await note('POST payment page', await pay(order))
  await note('GET orders/{id}?wait=20', await following)
  await runtime.system.stripe.delivered()
  const back = `${runtime.system.origin}/pay/return?order=${order.id}&how=paid`
  await note('GET /pay/return, paid', await fetch(back))
  await note('GET orders/{id}, fulfilled', await acme.send(`orders/${order.id}`))
  await note('POST billing-portal', await acme.send('billing-portal', { body: {} }))
}

const QUOTE = { items: [DR_AUTO], currency: 'USD', time_zone: 'Europe/Berlin' }

/** Orders that end otherwise: canceled, by return page alone, by the sweep alone, by bank. */
const endings: Part = async (runtime, note) => {
  const { stripe, origin } = runtime.system
  const buyer = runtime.as('recover', 'ends')
  const canceled = await buyer.buy(DR_MONTHLY)
  const cancel = () => buyer.send(`orders/${canceled.id}/cancel`, { method: 'POST' })
  await note('POST cancel', await cancel())
  await note('POST cancel, again', await cancel())
  await stripe.control({ drop: 1 })
  const returned = await buyer.buy({ ...DR_MONTHLY, quantity: 2 })
  await pay(returned)
  await note(
    'GET /pay/return, no webhook',
    await fetch(`${origin}/pay/return?order=${returned.id}`),
  )
  await note('GET orders/{id}, by return page', await buyer.send(`orders/${returned.id}`))
  const late = await buyer.buy({ ...DR_MONTHLY, quantity: 3 })
  await pay(late)
  await note('POST cancel, paid already', await buyer.send(`orders/${late.id}/cancel`, POST))
  await note('GET orders/{id}, after that', await buyer.send(`orders/${late.id}`))
  await stripe.control({ drop: 0 })
  const byBank = await buyer.buy({ ...DR_MONTHLY, quantity: 4 })
  await payByBank(byBank)
  await settle(runtime)
  await note('GET orders/{id}, bank is working', await buyer.send(`orders/${byBank.id}`))
}

const POST = { method: 'POST' }

const webhooks: Part = async (runtime, note) => {
  const { origin, webhookSecret } = runtime.system
  const send = (body: string, signature: string) =>
    fetch(`${origin}/webhooks/stripe`, {
      method: 'POST',
      body,
      headers: { 'Stripe-Signature': signature },
    })
  const body = JSON.stringify({
    id: 'evt_moon',
    object: 'event',
    type: 'moon.landed',
    livemode: false,
  })
  const sentAt = Math.floor(runtime.system.clock.now().epochMilliseconds / 1000)
  const signed = signatureHeader(body, webhookSecret, sentAt)
  const stale = signatureHeader(body, webhookSecret, sentAt - 3600)
  await note('POST webhook, unsigned', await send(body, ''))
  await note('POST webhook, altered', await send(`${body} `, signed))
  await note('POST webhook, an hour old', await send(body, stale))
  await note('POST webhook, unknown type', await send(body, signed))
  await note('POST webhook, other mode', await live(send, body, webhookSecret, sentAt))
}

function live(
  send: (body: string, signature: string) => Promise<Response>,
  body: string,
  secret: string,
  sentAt: number,
): Promise<Response> {
  const text = body.replace('"livemode":false', '"livemode":true')
  return send(text, signatureHeader(text, secret, sentAt))
}

const lists: Part = async (runtime, note) => {
  const acme: Buyer = runtime.as('recover', 'acme')
  const list = await noted<{ data: { id: string }[] }>(
    note,
    'GET licenses',
    await acme.send('licenses'),
  )
  await note('GET licenses?limit=1', await acme.send('licenses?limit=1&sort=-total'))
  await note('GET licenses?type=failback', await acme.send('licenses?type=failback'))
  // With a blank in it: two letters may stand in an id, by chance.
  await note('GET licenses?q=', await acme.send('licenses?q=DR+License&status=active'))
  await note('GET licenses.csv', await acme.send('licenses.csv'))
  await note('GET licenses/{id}', await acme.send(`licenses/${list.data[0]?.id}`))
  const stranger = runtime.as('recover', 'stranger')
  await note('GET licenses, of a stranger', await stranger.send('licenses'))
  await note('GET licenses/{id}, not theirs', await stranger.send(`licenses/${list.data[0]?.id}`))
}

/** Webhooks that are under way have arrived. */
async function settle({ system: { stripe } }: Runtime): Promise<void> {
  await stripe.settleDue()
  await stripe.delivered()
}

/** Guarantee: the widget's own tests hold every answer of these routes to its schema. */
async function noted<T>(note: Note, request: string, response: Response): Promise<T> {
  return (await (await note(request, response)).json()) as T
}
