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
    ['a secret of ours', 'x'.repeat(43), '[secret]'],
  ])('keeps %s to itself', (_, text, kept) => {
    expect(redacted(text)).toBe(kept)
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
