/** What people send, where a schema says less than the rules: bent, these get furthest. */

/** With ids of anybody and anything that was made lately. */
const BODIES: Readonly<Record<string, readonly object[]>> = {
  'POST /w/{publishableKey}/quotes': [
    { items: [{ plan: 'dr', quantity: 2, cycle: 'month', auto_renew: false }] },
    { items: [{ plan: 'dr', quantity: 3, cycle: 'year', auto_renew: true }], time_zone: 'UTC' },
    { renewals: [{ license_id: '«license:0»' }], duration: { months: 1 }, align: true },
    { renewals: [{ license_id: '«license:1»', quantity: 2 }], duration: { cycles: 1 } },
    { add_units: [{ license_id: '«license:1»', quantity: 1 }] },
  ],
  'POST /w/{publishableKey}/orders': [
    { quote_id: '«quote:0»', notices_version: '«notices:0»' },
    { quote_id: '«quote:1»', notices_version: '«notices:0»' },
  ],
  'POST /v1/host/webhook-endpoints': [{ url: 'http://localhost:1/hook', email: 'it@acme.example' }],
}

export function typicalBodies(operation: string): readonly object[] {
  return BODIES[operation] ?? []
}

/** By the customer of the latest `Life`, about what is theirs. */
export interface TypicalRequest {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
}

const license = { id: '«live:license»' }
const mode = (name: string) => ({
  license_ids: ['«live:license»'],
  mode: name,
  consent: { notices_version: '«live:notices»' },
})
const asked = (more: object, key = '«live:key»') => ({ body: { key, product: 'recover', ...more } })
const host = { fingerprint: 'host' }

const REQUESTS: Readonly<Record<string, readonly TypicalRequest[]>> = {
  'POST /w/{publishableKey}/quotes': [
    {
      body: { renewals: [{ license_id: '«live:license»', quantity: 4 }], duration: { months: 2 } },
    },
    { body: { add_units: [{ license_id: '«live:license»', quantity: 2 }] } },
  ],
  'POST /w/{publishableKey}/orders': [
    { body: { quote_id: '«live:quote»', notices_version: '«live:quoteNotices»' } },
  ],
  'GET /w/{publishableKey}/orders/{id}': [{ path: { id: '«live:open»' } }],
  'POST /w/{publishableKey}/orders/{id}/cancel': [{ path: { id: '«live:open»' } }],
  'GET /w/{publishableKey}/licenses/{id}/activations': [{ path: license }],
  'GET /w/{publishableKey}/licenses/{id}/units': [{ path: { id: '«live:spare»' } }],
  'GET /w/{publishableKey}/licenses/{id}/file': [
    { path: license, query: { activation: '«live:activation»' } },
  ],
  'POST /w/{publishableKey}/orders/{id}/refund': [
    { path: { id: '«live:renewal»' }, body: { kind: 'period', reason: 'Too early.' } },
  ],
  'POST /w/{publishableKey}/renewals/mode': [
    { body: mode('auto') },
    { body: mode('pay_per_use') },
    { body: mode('canceled') },
  ],
  'POST /w/{publishableKey}/licenses/{id}/rotate-key': [
    { path: license, body: { key_last4: '«live:last4»', overlap_hours: 168 } },
  ],
  'POST /w/{publishableKey}/licenses/{id}/release': [
    { path: license, body: { activation_id: '«live:activation»' } },
    { path: license, body: { deactivation_code: '«live:deactivation»' } },
  ],
  'POST /w/{publishableKey}/licenses/{id}/activation-code': [
    { path: license, body: { registration_code: '«live:registration»', name: 'Database' } },
  ],
  'POST /w/{publishableKey}/licenses/{id}/rebind': [
    { path: license, body: { activation_id: '«live:activation»', fingerprint: 'elsewhere' } },
  ],
  'POST /w/{publishableKey}/licenses/{id}/rebind/withdraw': [
    { path: license, body: { rebind_id: '«live:rebind»' } },
  ],
  'POST /w/{publishableKey}/activation-codes/redeem': [
    { body: { activation_code: '«live:code»' } },
  ],
  'POST /w/{publishableKey}/payment-methods/{id}/default': [{ path: { id: '«live:method»' } }],
  'DELETE /w/{publishableKey}/payment-methods/{id}': [{ path: { id: '«live:method»' } }],
  'POST /v1/host/webhook-endpoints/{id}/deliveries/{event}/redeliver': [
    { path: { id: '«live:endpoint»', event: '«live:event»' } },
  ],
  'POST /v1/licenses/validate': [asked(host), asked({})],
  'POST /v1/licenses/activate': [asked(host), asked({ fingerprint: 'another', name: 'Another' })],
  'POST /v1/licenses/heartbeat': [asked(host)],
  'POST /v1/licenses/file': [asked(host)],
  'POST /v1/licenses/deactivate': [asked(host)],
  'POST /v1/licenses/rebind': [
    asked({ activation_id: '«live:activation»', fingerprint: 'elsewhere' }),
  ],
  'POST /v1/licenses/consume': [asked({ reference: 'r1' }, '«live:spareKey»')],
  'POST /v1/licenses/release': [asked({ reference: 'r1' }, '«live:spareKey»')],
  'POST /v1/updates/check': [asked({ ...host, version: '1.0.0' })],
}

export function typicalRequests(operation: string): readonly TypicalRequest[] {
  return REQUESTS[operation] ?? []
}
