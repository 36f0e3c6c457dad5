/** What can be seen without asking anybody: Node, variables, secrets, keys, origin. Shows no value. */
import { readConfiguration } from '../config.ts'
import { SECRET_BYTES, isSecret } from '../secrets.ts'
import { fail, ok, sentenceOf, warn, type Check } from './doctor-report.ts'

type Env = Readonly<Record<string, string | undefined>>

const OLDEST_NODE = 20
const SECRETS = ['LICENSE_KEY_HASH_SECRET', 'LICENSE_KEY_CIPHER_SECRET', 'LINK_TOKEN_SECRET']
const MAKE_SECRET = "openssl rand -base64 32 | tr '+/' '-_' | tr -d ="

export function environmentChecks(env: Env, nodeVersion = process.versions.node): Check[] {
  return [
    nodeCheck(nodeVersion),
    configurationCheck(env),
    secretsCheck(env),
    keyModeCheck(env),
    webhookSecretCheck(env),
    originCheck(env),
  ]
}

function nodeCheck(version: string): Check {
  const isNew = Number(version.split('.')[0]) >= OLDEST_NODE
  return isNew
    ? ok('node', version)
    : fail('node', `${version} is too old.`, `Install Node ${OLDEST_NODE} or newer.`)
}

function configurationCheck(env: Env): Check {
  try {
    const { isProduction } = readConfiguration(env)
    return ok('environment', isProduction ? 'production' : 'development')
  } catch (error) {
    const mend =
      'Set what is named, in .env or where the process is started; license-center init writes a .env.'
    return fail('environment', sentenceOf(error).replaceAll(/\s*\n\s*/g, ' '), mend)
  }
}

function secretsCheck(env: Env): Check {
  const wrong = SECRETS.filter((name) => !isSecret(env[name]))
  if (wrong.length > 0) {
    const says = `Not ${SECRET_BYTES} bytes in base64url: ${wrong.join(', ')}.`
    return fail('secrets', says, `Make each with: ${MAKE_SECRET}`)
  }
  const areApart = new Set(SECRETS.map((name) => env[name])).size === SECRETS.length
  return areApart
    ? ok('secrets', `${SECRETS.length} of ${SECRET_BYTES} bytes`)
    : fail('secrets', 'Two of them are the same.', `Make each with: ${MAKE_SECRET}`)
}

function keyModeCheck(env: Env): Check {
  const mode = /^[sr]k_(test|live)_\w+$/.exec(env['STRIPE_SECRET_KEY'] ?? '')?.[1]
  const isProduction = env['ENVIRONMENT'] === 'production'
  const keys = 'https://dashboard.stripe.com/apikeys'
  if (mode === undefined) {
    const says = 'STRIPE_SECRET_KEY is not a secret key of Stripe.'
    return fail('stripe key', says, `Take sk_… or rk_… from ${keys}`)
  }
  if (isProduction && mode === 'test') {
    const says = 'A test key in production: nobody would really pay.'
    return fail('stripe key', says, `Take the live key from ${keys}`)
  }
  if (!isProduction && mode === 'live') {
    const says = 'A live key in development: every try moves real money.'
    return fail(
      'stripe key',
      says,
      `Take the test key from ${keys}, or set ENVIRONMENT=production.`,
    )
  }
  return ok('stripe key', `${mode} mode`)
}

function webhookSecretCheck(env: Env): Check {
  const { STRIPE_WEBHOOK_SECRET: secret = '', STRIPE_WEBHOOK_SECRET_NEXT: next = '' } = env
  const where = `https://dashboard.stripe.com/webhooks, the endpoint ${env['CENTER_ORIGIN'] ?? ''}/webhooks/stripe`
  const isSound = (text: string) => /^whsec_\S{10,}$/.test(text)
  if (!isSound(secret) || (next !== '' && !isSound(next))) {
    const says = 'The signing secret is not one of Stripe: whsec_…'
    return fail('webhook secret', says, `Take it from ${where}`)
  }
  return next === ''
    ? ok('webhook secret', 'one')
    : warn(
        'webhook secret',
        'Two are accepted.',
        'Unset STRIPE_WEBHOOK_SECRET_NEXT once the change is over.',
      )
}

function originCheck(env: Env): Check {
  const text = env['CENTER_ORIGIN'] ?? ''
  if (!URL.canParse(text)) {
    return fail(
      'origin',
      'CENTER_ORIGIN is not an address.',
      'Set it, e.g. https://licenses.example.com',
    )
  }
  const { origin, protocol, hostname } = new URL(text)
  if (origin !== text.replace(/\/$/, '')) {
    return warn(
      'origin',
      `CENTER_ORIGIN is more than an origin; ${origin} is used.`,
      'Leave the path out.',
    )
  }
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1'
  if (env['ENVIRONMENT'] === 'production' && (protocol !== 'https:' || isLocal)) {
    return fail(
      'origin',
      `${origin} in production.`,
      'Set the public https address that the proxy answers.',
    )
  }
  return ok('origin', origin)
}
