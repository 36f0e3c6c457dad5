import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../../../server/runtime/config.ts'
import { secretOf } from '../../support/secrets.ts'

const GOOD = {
  CENTER_ORIGIN: 'https://licenses.example.com/',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  LICENSE_KEY_HASH_SECRET: secretOf(1),
  LICENSE_KEY_CIPHER_SECRET: secretOf(2),
  LINK_TOKEN_SECRET: secretOf(3),
}

describe('readConfiguration()', () => {
  it('reads a complete environment, the origin without its slash', () => {
    const configuration = readConfiguration(GOOD)
    expect(configuration).toMatchObject({
      isProduction: false,
      centerOrigin: 'https://licenses.example.com',
      stripe: { secretKey: 'sk_test_1', webhookSecrets: ['whsec_1'], apiBase: undefined },
    })
  })

  it.each(['', ' ', '\n', '\t '])('P23: refuses %j for any secret, and shows none', (blank) => {
    const names = Object.keys(GOOD).filter((name) => name !== 'CENTER_ORIGIN')
    for (const name of names) {
      const env = { ...GOOD, [name]: blank }
      expect(() => readConfiguration(env), name).toThrow(name)
      expect(() => readConfiguration(env), name).not.toThrow('whsec_1')
    }
  })

  it('P23: lists everything that is missing at once', () => {
    expect(() => readConfiguration({})).toThrow(/CENTER_ORIGIN[^]*STRIPE_WEBHOOK_SECRET/)
  })

  it('P25: takes a second webhook secret, and none where it is empty', () => {
    const secretsOf = (next: string) =>
      readConfiguration({ ...GOOD, STRIPE_WEBHOOK_SECRET_NEXT: next }).stripe.webhookSecrets
    expect(secretsOf('whsec_2')).toEqual(['whsec_1', 'whsec_2'])
    expect(secretsOf('')).toEqual(['whsec_1'])
    expect(() => secretsOf('  ')).toThrow('STRIPE_WEBHOOK_SECRET_NEXT')
  })

  it.each(['localhost', 'ftp://licenses.example.com', 'javascript:alert(1)', 'data:,x'])(
    'refuses %j as the origin of a server',
    (origin) => {
      expect(() => readConfiguration({ ...GOOD, CENTER_ORIGIN: origin })).toThrow('CENTER_ORIGIN')
    },
  )

  it('refuses the stand-in in production', () => {
    const env = { ...GOOD, ENVIRONMENT: 'production', STRIPE_API_BASE: 'http://localhost:12111' }
    expect(() => readConfiguration(env)).toThrow('STRIPE_API_BASE')
  })
})

describe('the transport of mails', () => {
  const MAIL_FROM = 'Licenses <licenses@example.com>'
  const mailOf = (env: Record<string, string>) => readConfiguration({ ...GOOD, ...env }).mail

  it('is none where nothing is set, or everything is blank', () => {
    expect(mailOf({})).toBeNull()
    expect(mailOf({ MAIL_FROM: '', SMTP_URL: ' ', RESEND_API_KEY: '' })).toBeNull()
  })

  it.each([
    { env: { SMTP_URL: 'smtps://u:p@mail.example.com' }, kind: 'smtp' },
    { env: { RESEND_API_KEY: 're_1' }, kind: 'resend' },
    { env: {}, kind: 'binding' },
  ])('is $kind by what is set beside MAIL_FROM', ({ env, kind }) => {
    const from = { name: 'Licenses', address: 'licenses@example.com' }
    expect(mailOf({ MAIL_FROM, ...env })).toMatchObject({ from, transport: { kind } })
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['two transports', { MAIL_FROM, SMTP_URL: 'smtp://x', RESEND_API_KEY: 're' }, /both set/],
    ['no sender', { SMTP_URL: 'smtp://x' }, /MAIL_FROM is missing/],
    ['two senders', { MAIL_FROM: 'a@x.example, b@x.example', SMTP_URL: 'smtp://x' }, /MAIL_FROM/],
    ['no URL of SMTP', { MAIL_FROM, SMTP_URL: 'mail.example.com' }, /SMTP_URL/],
    [
      'a stand-in in production',
      { MAIL_FROM, RESEND_API_BASE: 'http://localhost:1', ENVIRONMENT: 'production' },
      /RESEND_API_BASE/,
    ],
  ])('refuses %s', (_, env, says) => {
    expect(() => mailOf(env)).toThrow(says)
  })
})
