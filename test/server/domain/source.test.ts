import { describe, expect, it } from 'vitest'
import { sourceOf } from '../../../server/domain/source.ts'

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
    ['example.com', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
  ])('counts %s as %s (T11)', (address, source) => {
    expect(sourceOf(address)).toBe(source)
  })
})
