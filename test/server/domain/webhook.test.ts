import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  isDelivered,
  isPublicAddress,
  mustDisable,
  nextAttemptAt,
  webhookUrlFault,
} from '../../../server/domain/webhook.ts'

const NOW = Temporal.Instant.from('2027-01-31T16:55:10Z')
const answered = (status: number) => ({
  kind: 'answered' as const,
  status,
  retryAfterSeconds: null,
})
const failed = { kind: 'failed', reason: 'timeout' } as const

describe('webhookUrlFault() (N12)', () => {
  it.each([
    'https://hooks.example.com/licenses',
    'https://hooks.example.com:443/licenses',
    'https://hooks.example.com./licenses',
    'https://0x.org/hooks',
    'https://hooks.example.c0/',
    'https://3com.com/',
    'https://1.2.3.example.com/',
    'https://contest.com/',
    'https://local.shop/',
  ])('takes %s', (url) => {
    expect(webhookUrlFault(url, false)).toBeNull()
  })

  it.each([
    ['hooks.example.com', 'This is no address.'],
    ['http://hooks.example.com/', 'Only https is used.'],
    ['http://localhost:8080/', 'Only https is used.'],
    ['https://ann@hooks.example.com/', 'Credentials do not belong here.'],
    ['https://:secret@hooks.example.com/', 'Credentials do not belong here.'],
    ['https://hooks.example.com:8443/', 'Only port 443 is used.'],
    ['https://93.184.215.14/', 'Give a name, not an address of a machine.'],
    ['https://0x5db8d70e/', 'Give a name, not an address of a machine.'],
    ['https://1572395534/', 'Give a name, not an address of a machine.'],
    ['https://127.1/', 'Give a name, not an address of a machine.'],
    ['https://127.0.0.1./', 'Give a name, not an address of a machine.'],
    ['https://[2606:4700::1111]/', 'Give a name, not an address of a machine.'],
    ['https://intranet/', 'This name is not one of the internet.'],
    ['https://console/', 'This name is not one of the internet.'],
    ['https://console.local/', 'This name is not one of the internet.'],
    ['https://console.INTERNAL./', 'This name is not one of the internet.'],
    ['https://hooks.example/', 'This name is not one of the internet.'],
    ['https://hooks.localhost/', 'This name is not one of the internet.'],
  ])('refuses %s: %s', (url, fault) => {
    expect(webhookUrlFault(url, false)).toBe(fault)
  })

  it('takes the machine itself only where that is allowed, by its name and without TLS', () => {
    expect(webhookUrlFault('http://localhost:8080/hooks', true)).toBeNull()
    expect(webhookUrlFault('http://ann@localhost:8080/', true)).not.toBeNull()
    expect(webhookUrlFault('http://localhost.example.com:8080/', true)).not.toBeNull()
    expect(webhookUrlFault('https://localhost/', true)).not.toBeNull()
    expect(webhookUrlFault('http://127.0.0.1:8080/', true)).not.toBeNull()
  })
})

describe('isPublicAddress()', () => {
  /** First and last address of each network that is nobody’s, and what stands before and behind it. */
  const RESERVED = [
    ['0.0.0.0', '0.255.255.255', null, '1.0.0.0'],
    ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
    ['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
    ['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
    ['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
    ['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
    ['192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
    ['192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
    ['192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
    ['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
    ['198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
    ['198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
    ['203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
    ['224.0.0.0', '255.255.255.255', '223.255.255.255', null],
  ] as const

  it.each(RESERVED)('refuses %s to %s, and nothing beside them', (first, last, before, behind) => {
    expect([first, last].map(isPublicAddress)).toEqual([false, false])
    const beside = [before, behind].filter((address) => address !== null)
    expect(beside.every(isPublicAddress)).toBe(true)
  })

  it.each(['2000::1', '2606:4700:4700::1111', '2001:1::1', '2001:4860::8888', '3FFE:ffff::1'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    '::',
    '::1',
    '::ffff:93.184.215.14',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '1fff::1',
    '2001::1',
    '2001:0:7f00:1::',
    '2001:db8::1',
    '2001:0DB8::1',
    '2002:7f00:1::',
    '3fff::1',
    '4000::1',
    'fc00::1',
    'fe80::1%eth0',
    'ff02::1',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['', 'example.com', '93.184.215', '93.184.215.14.1', '93.184.215.256', '93.184.-1.14'])(
    'refuses "%s", which is no address',
    (address) => {
      expect(isPublicAddress(address)).toBe(false)
    },
  )
})

describe('nextAttemptAt()', () => {
  const PAUSES = ['PT5S', 'PT5M', 'PT30M', 'PT2H', 'PT5H', 'PT10H', 'PT12H', 'PT16H', 'PT19H']

  it('N15: waits longer and longer, and gives up after the tenth failure', () => {
    const pauses = PAUSES.map((_, index) => nextAttemptAt(index + 1, NOW, 0, null))
    expect(pauses.map((at) => at?.toString())).toEqual(
      PAUSES.map((pause) => NOW.add(pause).toString()),
    )
    expect(nextAttemptAt(10, NOW, 0, null)).toBeNull()
  })

  it('comes up to a tenth later by chance, and all of it within three days', () => {
    expect(nextAttemptAt(2, NOW, 0.5, null)).toEqual(NOW.add({ seconds: 315 }))
    const last = PAUSES.reduce(
      (at, _, index) => nextAttemptAt(index + 1, at, 1, null) ?? NOW.add('PT9999H'),
      NOW,
    )
    expect(Temporal.Instant.compare(last, NOW.add({ hours: 72 }))).toBe(-1)
  })

  it('is later where the receiver asks for it, but never by more than a day, and never earlier', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (attempts, random, asked) => {
          const own = nextAttemptAt(attempts, NOW, random, null) ?? NOW
          const at = nextAttemptAt(attempts, NOW, random, asked) ?? NOW
          const wished = NOW.add({ seconds: Math.min(asked, 86_400) })
          expect(at).toEqual(Temporal.Instant.compare(own, wished) < 0 ? wished : own)
        },
      ),
    )
  })
})

describe('an endpoint', () => {
  it.each([
    [199, false],
    [200, true],
    [204, true],
    [299, true],
    [300, false],
    [410, false],
  ])('that answers %i has it: %s', (status, isIt) => {
    expect(isDelivered(answered(status))).toBe(isIt)
  })

  it('that does not answer does not have it', () => {
    expect(isDelivered(failed)).toBe(false)
  })

  it('is disabled at once where it is gone, and otherwise once an event was tried in vain', () => {
    const since = (hours: number) => NOW.subtract({ hours })
    expect(mustDisable(answered(410), NOW, NOW)).toBe(true)
    expect(mustDisable(answered(404), since(63), NOW)).toBe(false)
    expect(mustDisable(failed, since(63), NOW)).toBe(false)
    expect(mustDisable(failed, since(64), NOW)).toBe(true)
    expect(mustDisable(answered(500), since(64), NOW)).toBe(true)
  })
})
