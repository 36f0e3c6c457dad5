/**
 * Who is counted as one source (T11): an IPv4 address, or the /64 that an IPv6 customer is given as a
 * whole. IPv4 in IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
 */
const GROUPS = 8
const COUNTED_GROUPS = 4

/** @param address  as the runtime knows it; null or no address: everybody unknown is one source */
export function sourceOf(address: string | null): string {
  const text = (address ?? '').trim().toLowerCase()
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)?.[1]
  if (mapped !== undefined) return mapped
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text
  const groups = groupsOf(text.replace(/%.*$/, ''))
  return groups === null ? 'unknown' : `${groups.slice(0, COUNTED_GROUPS).join(':')}::/64`
}

/**
 * The part of the world that an address is in, coarsely and without naming anybody: /16 of IPv4, /32 of
 * IPv6. Null where nobody knows.
 */
export function networkOf(address: string | null): string | null {
  const source = sourceOf(address)
  if (source === 'unknown') return null
  if (!source.includes(':')) return `${source.split('.').slice(0, 2).join('.')}.0.0/16`
  return `${source.split(':').slice(0, 2).join(':')}::/32`
}

/** The eight groups of an IPv6 address without leading zeros, or null. */
function groupsOf(text: string): string[] | null {
  const [head = '', tail, ...more] = text.split('::')
  if (!/^[0-9a-f:]+$/.test(text) || more.length > 0) return null
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = GROUPS - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null
  return groups.map((group) => Number.parseInt(group, 16).toString(16))
}
