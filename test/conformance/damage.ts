/** Tokens that look right and are not. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Order of the group of Ed25519. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const HALF = 32

/** One bit in the middle of one of the three parts. */
export function damaged(token: string, part: number): string {
  const parts = token.split('.')
  const bytes = Buffer.from(parts[part] ?? '', 'base64url')
  const middle = bytes.length >> 1
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle)
  return parts.with(part, bytes.toString('base64url')).join('.')
}

/** The same 64 bytes to a careless decoder: the last letter carries four bits that mean nothing. */
export function renamed(token: string): string {
  const last = ALPHABET.indexOf(token.at(-1) ?? '')
  return token.slice(0, -1) + ALPHABET.charAt(last ^ 1)
}

/** S plus the order of the group satisfies the same equation; RFC 8032, 5.1.7, forbids it. */
export function malleable(token: string): string {
  const [head, body, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const s = BigInt(`0x${bytes.subarray(HALF).reverse().toString('hex')}`) + ORDER
  const larger = Buffer.from(s.toString(16).padStart(2 * HALF, '0'), 'hex').reverse()
  const first = Buffer.from(signature, 'base64url').subarray(0, HALF)
  return [head, body, Buffer.concat([first, larger]).toString('base64url')].join('.')
}
