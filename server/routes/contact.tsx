/** `/contact`: asks, without an account and without scripts. */
import { zValidator, type Hook } from '@hono/zod-validator'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ContactForm } from '../contract/contact-form.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../domain/refusals.ts'
import {
  codePointsIn,
  isTicketTopic,
  MESSAGE_LIMIT,
  ORDER_REFERENCE_LIMIT,
} from '../domain/ticket.ts'
import type { AppEnv } from '../http/env.ts'
import type { ContactFault, ContactFieldName, ContactValues } from '../pages/contact-form.tsx'
import { ContactPage, ContactSentPage } from '../pages/contact-page.tsx'
import { respondWithPage, settingOf, type PageSetting } from '../pages/layout.tsx'
import { openTicket, type OpenedTicket } from '../usecases/open-ticket.ts'

export const contact = new Hono<AppEnv>()

contact.use('/contact', async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
})

contact.get('/contact', (c) => {
  const { order = '', topic = '' } = c.req.query()
  const values = {
    topic: isTicketTopic(topic) ? topic : '',
    email: '',
    order: codePointsIn(order) <= ORDER_REFERENCE_LIMIT ? order : '',
    message: '',
    nonce: newNonce(c.var.deps),
  }
  return respondWithPage(c, <ContactPage setting={settingOf(c)} values={values} />)
})

/** Room for the longest message in four-byte characters, and for the rest of the form (N02). */
const FORM_LIMIT_BYTES = 64 * 1024

/** What is too large is not read, so its text cannot be kept; the browser's back button has it. */
const limitedBody = bodyLimit({
  maxSize: FORM_LIMIT_BYTES,
  onError: (c: Context<AppEnv>) => {
    const setting = settingOf(c)
    const values = valuesFrom({}, c.var.deps)
    const refusal = setting.words.contact.tooLarge
    return respondWithPage(c, <ContactPage {...{ setting, values, refusal }} />, 413)
  },
})

/** Spelled out, because inference forgets what our context holds. */
type FormHook = Hook<ContactForm, AppEnv, string, 'form', {}, typeof ContactForm>
const validForm = zValidator<typeof ContactForm, 'form', AppEnv, string, FormHook>(
  'form',
  ContactForm,
  (result, c) => (result.success ? undefined : answerFaults(c, result)),
)

contact.post('/contact', limitedBody, validForm, async (c) => {
  const { order, ...form } = c.req.valid('form')
  const setting = settingOf(c)
  const request = { ...form, orderReference: order, locale: setting.locale }
  const ticket = await openTicket(c.var.deps, request).catch(waitIfLimited)
  if ('retryAfterSeconds' in ticket) {
    c.header('Retry-After', String(ticket.retryAfterSeconds))
    const values = { ...form, order }
    const refusal = setting.words.contact.limit
    return respondWithPage(c, <ContactPage {...{ setting, values, refusal }} />, 429)
  }
  const number = `#${ticket.number}`
  return respondWithPage(c, <ContactSentPage {...{ setting, number, email: form.email }} />, 201)
})

interface RefusedForm {
  readonly data: object
  readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }
}

function answerFaults(c: Context<AppEnv>, result: RefusedForm) {
  const setting = settingOf(c)
  const values = valuesFrom(result.data, c.var.deps)
  const fields = new Set(result.error.issues.map(({ path }) => path[0]))
  const faults = FIELDS.filter((field) => fields.has(field)).map((field) =>
    faultOf(field, values, setting),
  )
  return respondWithPage(c, <ContactPage {...{ setting, values, faults }} />, 422)
}

const FIELDS = ['topic', 'email', 'order', 'message', 'nonce'] as const

function waitIfLimited(error: unknown): { retryAfterSeconds: number } | OpenedTicket {
  if (!(error instanceof Refused) || error.code !== 'request.rate_limited') throw error
  return { retryAfterSeconds: error.detail.retryAfterSeconds ?? 3600 }
}

function newNonce(deps: Deps): string {
  return Array.from(deps.randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What was sent, as far as it is text; a form without a usable nonce gets a new one. */
function valuesFrom(sent: object, deps: Deps): ContactValues {
  const fields = new Map<string, unknown>(Object.entries(sent))
  const text = (field: ContactFieldName) => {
    const value = fields.get(field)
    return typeof value === 'string' ? value : ''
  }
  const isNonceValid = ContactForm.shape.nonce.safeParse(fields.get('nonce')).success
  return {
    topic: text('topic'),
    email: text('email'),
    order: text('order'),
    message: text('message'),
    nonce: isNonceValid ? text('nonce') : newNonce(deps),
  }
}

function faultOf(
  field: ContactFieldName,
  { message }: ContactValues,
  { words, locale }: PageSetting,
): ContactFault {
  const { errors } = words.contact
  switch (field) {
    case 'topic':
    case 'email':
    case 'nonce':
      return { field, text: errors[field] }
    case 'order':
      return { field, text: errors.order(String(ORDER_REFERENCE_LIMIT)) }
    case 'message': {
      const limit = new Intl.NumberFormat(locale).format(MESSAGE_LIMIT)
      const isLong = codePointsIn(message) > MESSAGE_LIMIT
      return { field, text: isLong ? errors.messageLong(limit) : errors.messageMissing }
    }
  }
}
