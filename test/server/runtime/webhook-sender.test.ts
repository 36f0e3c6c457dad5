/** N12: where webhooks may go, judged before a name is resolved and again where it is connected to. */
import { describe, expect, it } from 'vitest'
import { isPublicAddress, webhookUrlFault } from '../../../server/domain/webhook.ts'
import { createWebhookSender } from '../../../server/runtime/webhook-sender.ts'

const REFUSED = [
  'http://api.example.org/hook',
  'https://127.0.0.1/hook',
  'https://2130706433/hook',
  'https://0x7f.1/hook',
  'https://0177.0.0.1/hook',
  'https://[::1]/hook',
  'https://[::ffff:10.0.0.1]/hook',
  'https://[64:ff9b::a00:1]/hook',
  'https://localhost/hook',
  'https://localhost./hook',
  'https://metadata.google.internal/hook',
  'https://printer.local/hook',
  'https://intranet/hook',
  'https://user:password@api.example.org/hook',
  'https://api.example.org:8443/hook',
  'ftp://api.example.org/hook',
  'javascript:alert(1)',
  'no address',
]

describe('an address', () => {
  it.each(REFUSED)('%s is refused', (url) => {
    expect(webhookUrlFault(url, false)).not.toBeNull()
  })

  it.each([
    'https://api.example.org/hook',
    'https://api.example.org:443/',
    'https://xn--bcher-kva.de/',
  ])('%s is fine', (url) => expect(webhookUrlFault(url, false)).toBeNull())
})

const PRIVATE = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::',
]

describe('a name', () => {
  it.each(PRIVATE)('that leads to %s is not connected to', async (address) => {
    expect(isPublicAddress(address)).toBe(false)
    const sender = createWebhookSender({
      allowsLoopback: false,
      lookup: (_, __, callback) =>
        callback(null, [
          { address: '93.184.216.34', family: 4 },
          { address, family: address.includes(':') ? 6 : 4 },
        ]),
    })
    expect(await sender.post('https://rebound.example.org/hook', {}, '{}')).toEqual({
      kind: 'failed',
      reason: 'address_refused',
    })
  })

  it.each(['93.184.216.34', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:2800:220:1::1'])(
    'may lead to %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
})
