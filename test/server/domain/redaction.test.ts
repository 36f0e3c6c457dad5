import { describe, expect, it } from 'vitest'
import { redacted, redactedEntry } from '../../../server/domain/redaction.ts'

describe('T17: a log line', () => {
  it.each([
    ['an e-mail address', 'mail to ada+test@acme.example failed', 'mail to [e-mail] failed'],
    ['a host token', 'jwt eyJhbGci.eyJzdWIi.sig-na_ture', 'jwt [token]'],
    ['a bearer', 'Authorization: Bearer abc.def', 'Authorization: Bearer […]'],
    ['a key of Stripe', 'Invalid API Key: sk_live_51abcDEF', 'Invalid API Key: sk_live_[…]'],
    ['a webhook secret', 'whsec_abc123', 'whsec_[…]'],
    ['a license key', 'key RCVR-7K2M9-QX4T1-B8N3P-ZZ9QW', 'key [license key]'],
    ['a query', 'GET https://a.example/x?token=1&b=2 failed', 'GET https://a.example/x?[…] failed'],
    [
      'a payment page',
      'at http://localhost:12111/c/pay/cs_test_1',
      'at http://localhost:12111/c/pay/[…]',
    ],
    [
      'the values of a statement',
      'Failed query: select 1\nparams: ada@acme.example,7\n    at run (a.js:1)',
      'Failed query: select 1\nparams: […]\n    at run (a.js:1)',
    ],
    [
      'the values of one without a stack',
      'Failed query\nparams: ada,7',
      'Failed query\nparams: […]',
    ],
    ['an address of many names', 'to ada@mail.acme.example.com!', 'to [e-mail]!'],
    ['a bearer after two blanks', 'Bearer  abc.def', 'Bearer […]'],
    ['a query without TLS', 'GET http://a.example/x#t=1', 'GET http://a.example/x?[…]'],
    ['a secret of ours', 'x'.repeat(43), '[secret]'],
    ['a secret in a text', `"${'-x'.repeat(21)}_",`, '"[secret]",'],
    ['nothing of what is longer', 'x'.repeat(44), 'x'.repeat(44)],
  ])('keeps %s to itself', (_, text, kept) => {
    expect(redacted(text)).toBe(kept)
  })

  it('keeps it out of every text, and leaves numbers', () => {
    expect(redactedEntry({ message: 'to ada@acme.example', ms: 3 })).toEqual({
      message: 'to [e-mail]',
      ms: 3,
    })
  })

  it('stays readable', () => {
    const entry = {
      level: 'info',
      event: 'request.answered',
      route: '/w/:publishableKey/orders/:id',
      ms: 3,
      order: 'ord_01h455vb4pex5vsknk084sn02q',
    }
    expect(redactedEntry(entry)).toEqual(entry)
  })
})
