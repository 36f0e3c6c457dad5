import { expect } from 'chai'
import { answer, calls, json, networkError, never, problem } from '../support/fake-center.ts'
import { Client } from '../../../widget/api/client.ts'
import { ApiProblem } from '../../../widget/api/problem.ts'

function createClient(getToken: () => string | null | Promise<string> = () => null): Client {
  return new Client({
    center: 'https://center.test',
    publishableKey: 'pk_test',
    language: () => 'zh-CN',
    getToken,
  })
}

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof ApiProblem)) throw new Error(`not a problem: ${String(thrown)}`)
  return thrown
}

const LIST = { data: [], next_cursor: null, count: 0, now: '2026-11-21T00:00:00Z' }

describe('Client', () => {
  it('asks in the language of the element, without cookies', async () => {
    answer({ 'GET licenses': LIST })
    await createClient().licenses({ type: 'dr', q: '' })
    expect(calls[0]?.path).to.equal('licenses?type=dr')
    expect(calls[0]?.headers.get('accept-language')).to.equal('zh-CN')
  })

  it('W26: asks the host for a token once, however many requests wait for it', async () => {
    let asked = 0
    answer({ 'GET licenses': LIST })
    const client = createClient(async () => `token ${++asked}`)
    await Promise.all([client.licenses({}), client.licenses({}), client.licenses({})])
    expect(asked).to.equal(1)
    expect(calls.map(({ headers }) => headers.get('authorization'))).to.deep.equal(
      Array(3).fill('Bearer token 1'),
    )
  })

  it('W26: asks for another token after a 401, once, and then gives up with auth', async () => {
    let asked = 0
    answer({ 'GET licenses': () => problem(401, 'token.invalid') })
    const { code, status } = await problemOf(createClient(() => `t${++asked}`).licenses({}))
    expect({ code, status, asked }).to.deep.equal({ code: 'auth', status: 401, asked: 2 })
  })

  it('W26: goes on when the second token is good', async () => {
    let asked = 0
    answer({
      'GET licenses': ({ headers }) =>
        headers.get('authorization') === 'Bearer t2' ? LIST : problem(401, 'token.invalid'),
    })
    const list = await createClient(() => `t${++asked}`).licenses({})
    expect(list.count).to.equal(0)
  })

  it('gives the problem of the server: code, fields, facts, request id, retry-after', async () => {
    const body = problem(409, 'license.order_open', {
      detail: 'An order is open.',
      order_id: 'ord_1',
      errors: [{ pointer: '/items/0/quantity', detail: 'too many' }],
    })
    body.headers.set('retry-after', '7')
    answer({ 'GET licenses': body })
    expect(await problemOf(createClient().licenses({}))).to.deep.include({
      code: 'license.order_open',
      status: 409,
      detail: 'An order is open.',
      requestId: 'req_1',
      facts: { order_id: 'ord_1' },
      errors: [{ pointer: '/items/0/quantity', detail: 'too many' }],
      retryAfterSeconds: 7,
    })
  })

  const html = { status: 200, headers: { 'content-type': 'text/html' } }
  const cut = { status: 200, headers: { 'content-type': 'application/json' } }
  for (const [what, response] of [
    ['HTML with 200', new Response('<h1>Sign in to the Wi-Fi</h1>', html)],
    ['HTML with 502', new Response('<h1>Bad gateway</h1>', { ...html, status: 502 })],
    ['cut JSON', new Response('{"data":[', cut)],
    ['JSON of another type', json(LIST, 200, 'text/plain')],
    ['JSON without the members', json({})],
    ['a list', json([])],
  ] as const) {
    it(`W15: ${what} is an unreadable answer, not data`, async () => {
      answer({ 'GET licenses': response })
      expect((await problemOf(createClient().licenses({}))).code).to.equal('answer.unreadable')
    })
  }

  it('W15: no connection is network.unreachable, and temporary', async () => {
    answer({ 'GET licenses': networkError })
    const found = await problemOf(createClient().licenses({}))
    expect(found).to.include({ code: 'network.unreachable', status: 0, isTemporary: true })
  })

  it('rejects with the reason of the caller when aborted', async () => {
    answer({ 'GET licenses': never })
    const abort = new AbortController()
    const pending = createClient().licenses({}, abort.signal)
    abort.abort(new Error('gone'))
    const reason = await pending.catch((error: unknown) => error)
    expect(reason).to.have.property('message', 'gone')
  })

  it('sends the quote as Idempotency-Key, so that a repeat makes no second order', async () => {
    answer({ 'POST orders': problem(410, 'quote.expired') })
    await problemOf(createClient().placeOrder({ quote_id: 'quo_1', notices_version: 'v' }))
    expect(calls[0]?.headers.get('idempotency-key')).to.equal('quo_1')
  })
})
