import { describe, expect, it } from 'vitest'
import { networkOf, sourceOf } from '../../../server/domain/source.ts'

describe('sourceOf()', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:db8::1::2', 'unknown'],
    ['2001:db8:1:2:3:4:5', 'unknown'],
    ['2001:db8:1:2:3:4:5:6:7', 'unknown'],
    ['12345::1', 'unknown'],
    ['198.51.100.123', '198.51.100.123'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['::ffff:198.51.100.123', '198.51.100.123'],
    ['1::ffff:192.0.2.1', 'unknown'],
    ['::ffff:192.0.2.1.5', 'unknown'],
    ['x192.0.2.1', 'unknown'],
    ['192.0.2.1.5', 'unknown'],
    ['1:2:3:4::5:6:7', '1:2:3:4::/64'],
    ['1:2:3:4::5:6:7:8', 'unknown'],
    ['1:2:3:4:5::6:7:8', 'unknown'],
    ['x1:2:3:4:5:6:7:8', 'unknown'],
    ['1:2:3:4:5:6:7:8x', 'unknown'],
    ['example.com', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
  ])('counts %s as %s (T11)', (address, source) => {
    expect(sourceOf(address)).toBe(source)
  })
})

describe('networkOf() (S86)', () => {
  it.each([
    ['192.0.2.1', '192.0.0.0/16'],
    ['::ffff:198.51.100.7', '198.51.0.0/16'],
    ['2001:db8:1:2::3', '2001:db8::/32'],
    ['example.com', null],
    [null, null],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
