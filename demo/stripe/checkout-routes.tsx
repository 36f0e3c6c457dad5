/** The pages that people see: payment, 3-D Secure, billing portal, invoice. */
import { Hono, type Context } from 'hono'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { InvoicePage, PortalPage } from './account-pages.tsx'
import type { PortalSession } from './billing-portal.ts'
import {
  ChallengePage,
  CheckoutPage,
  CompletedPage,
  ExpiredPage,
  UnknownPage,
} from './checkout-page.tsx'
import { CHECKOUT_STYLES } from './checkout-styles.ts'
import { passChallenge, submitPayment, successUrl, waitingMethod } from './form-submission.ts'
import type { CheckoutSession } from './objects.ts'
import type { FormProblem, FormValues } from './payment-form.tsx'
import { failChallenge } from './payments.ts'
import { failSetupChallenge } from './setups.ts'
import type { World } from './world.ts'

const EMPTY_FORM: FormValues = {
  method: 'card',
  card_number: '',
  exp: '',
  cvc: '',
  account_number: '000123456789',
}

export function createPages(world: World, portals: ReadonlyMap<string, PortalSession>): Hono {
  const { store } = world
  const pages = new Hono()
  pages.use(async (c, next) => {
    await next()
    // Stripe's page severs `window.opener` too; nothing may depend on it.
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    c.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    )
    c.header('Referrer-Policy', 'no-referrer')
    c.header('Cache-Control', 'no-store')
  })
  pages.get('/checkout.css', (c) => c.body(CHECKOUT_STYLES, 200, { 'Content-Type': 'text/css' }))

  pages.get('/c/pay/:id', (c) => {
    const session = store.sessions.get(c.req.param('id'))
    if (session?.status !== 'open') return closedPage(c, session)
    const number = c.req.query('card_number')
    const values = number === undefined ? EMPTY_FORM : filledForm(world, number)
    return paymentPage(c, world, session, values, null)
  })
  pages.post('/c/pay/:id', async (c) => {
    const form = await readSubmission(c)
    const session = store.sessions.get(c.req.param('id'))
    if (session?.status === 'complete') return c.redirect(successUrl(session), 303)
    if (session?.status !== 'open') return closedPage(c, session)
    if (form['action'] === 'cancel') return c.redirect(session.cancel_url ?? world.origin, 303)
    const values = valuesOf(form)
    const result = submitPayment(world, session, values)
    if (result.kind === 'problem') return paymentPage(c, world, session, values, result.problem)
    return c.redirect(result.location, 303)
  })

  pages.get('/c/pay/:id/challenge', (c) => {
    const session = store.sessions.get(c.req.param('id'))
    if (session?.status !== 'open') return closedPage(c, session)
    if (waitingMethod(world, session) === null) return c.redirect(`/c/pay/${session.id}`, 303)
    return show(c, 200, <ChallengePage session={session} />)
  })
  pages.post('/c/pay/:id/challenge', async (c) => {
    const form = await readSubmission(c)
    const session = store.sessions.get(c.req.param('id'))
    if (session?.status === 'complete') return c.redirect(successUrl(session), 303)
    if (session?.status !== 'open') return closedPage(c, session)
    if (waitingMethod(world, session) === null) return c.redirect(`/c/pay/${session.id}`, 303)
    if (form['action'] === 'complete') return c.redirect(passChallenge(world, session), 303)
    if (session.mode === 'setup') failSetupChallenge(world, session)
    else failChallenge(world, session)
    const message = 'Your bank could not confirm that it was you.'
    return paymentPage(c, world, session, EMPTY_FORM, { message, field: null })
  })

  pages.get('/p/session/:id', (c) => {
    const portal = portals.get(c.req.param('id'))
    const customer = store.customers.get(portal?.customer ?? '')
    if (portal === undefined || customer === undefined) return show(c, 404, <UnknownPage />)
    const invoices = [...store.invoices.values()].filter(
      (it) => it.customer === customer.id && it.status !== 'draft',
    )
    const methods = [...store.methods.values()].filter((it) => it.customer === customer.id)
    return show(
      c,
      200,
      <PortalPage {...{ customer, invoices, methods }} returnUrl={portal.returnUrl} />,
    )
  })
  pages.get('/i/:id', (c) => {
    const invoice = store.invoices.get(c.req.param('id'))
    if (invoice === undefined) return show(c, 404, <UnknownPage />)
    return show(c, 200, <InvoicePage invoice={invoice} />)
  })
  return pages
}

function paymentPage(
  c: Context,
  world: World,
  session: CheckoutSession,
  values: FormValues,
  problem: FormProblem | null,
): Response | Promise<Response> {
  const customer = world.store.customers.get(session.customer ?? '')
  const email = customer?.email ?? session.customer_email
  const shown = problem === null ? values : { ...values, cvc: '' }
  const page = <CheckoutPage {...{ session, email, problem }} values={shown} />
  return show(c, problem === null ? 200 : 402, page)
}

function closedPage(c: Context, session: CheckoutSession | undefined) {
  if (session === undefined) return show(c, 404, <UnknownPage />)
  if (session.status === 'expired') return show(c, 410, <ExpiredPage session={session} />)
  return show(c, 200, <CompletedPage session={session} returnUrl={successUrl(session)} />)
}

function show(c: Context, status: 200 | 402 | 404 | 410, page: JSX.Element) {
  return c.html(`<!doctype html>${page}`, status)
}

/** A script may send JSON instead of a form. */
async function readSubmission(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const isJson = c.req.header('Content-Type')?.startsWith('application/json') ?? false
  const body: unknown = isJson ? await c.req.json().catch(() => ({})) : await c.req.parseBody()
  return typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {}
}

function valuesOf(form: Readonly<Record<string, unknown>>): FormValues {
  const text = (name: string) => String(form[name] ?? '').slice(0, 64)
  return {
    method: form['method'] === 'bank_debit' ? 'bank_debit' : 'card',
    card_number: text('card_number'),
    exp: text('exp'),
    cvc: text('cvc'),
    account_number: text('account_number') || EMPTY_FORM.account_number,
  }
}

function filledForm(world: World, number: string): FormValues {
  const { year } = world.now().toZonedDateTimeISO('UTC')
  const exp = `12 / ${String((year + 3) % 100).padStart(2, '0')}`
  return { ...EMPTY_FORM, card_number: number.replaceAll(/\D/g, '').slice(0, 19), exp, cvc: '123' }
}
