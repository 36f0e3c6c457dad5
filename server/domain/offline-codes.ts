/**
 * The codes that people carry between a host without a network and the center (S34), as bytes behind
 * the text of `code-text.ts`. The first byte says which one it is; digests, commitments and secrets have
 * ten bytes; whole numbers are unsigned, most significant byte first.
 *
 * | code            | from → to       | bytes                                                          |
 * | --------------- | --------------- | -------------------------------------------------------------- |
 * | 1 registration  | host → center   | digest of product and fingerprint, commitment to a secret      |
 * | 2 activation    | center → host   | terms, Ed25519 signature (64) over `activationMessage`         |
 * | 3 deactivation  | host → center   | the digest, and the secret: whoever shows it has forgotten it  |
 * | 4 customer      | console → staff | digest of product and subject                                  |
 * | 5 grant         | staff → console | ten random bytes                                               |
 *
 * The commitment is fresh for each registration, so an activation code fits one registration and no
 * later one: a host that gave its unit back cannot be activated with the old code again. Terms: issued,
 * expires, grace until (seconds since 1970, 4 bytes each), sequence and total (LEB128), plan (UTF-8).
 */
import { codeText, readCode } from './code-text.ts'

const KINDS = { registration: 1, activation: 2, deactivation: 3, customer: 4, grant: 5 } as const
export type OfflineCodeKind = keyof typeof KINDS

/** Digests, commitments and secrets: 80 bits are beyond guessing, and two lines on paper. */
export const SHORT_BYTES = 10
const SIGNATURE_BYTES = 64

export interface Registration {
  /** `installationDigest`, 20 hexadecimal digits. */
  readonly digest: string
  /** `commitmentTo` the host's secret, 20 hexadecimal digits. */
  readonly commitment: string
}

/** What an activation code says. */
export interface ActivationTerms {
  /** Whole seconds since 1970. */
  readonly issuedAt: number
  readonly expiresAt: number
  readonly graceUntil: number
  /** Of the license: rises with every change. */
  readonly seq: number
  readonly total: number
  /** Id in the catalogue, at most 40 ASCII characters. */
  readonly plan: string
}

export type OfflineCode =
  | ({ readonly kind: 'registration' } & Registration)
  | { readonly kind: 'activation'; readonly terms: ActivationTerms; readonly signature: Uint8Array }
  | { readonly kind: 'deactivation'; readonly digest: string; readonly secret: string }
  | { readonly kind: 'customer'; readonly digest: string }
  | { readonly kind: 'grant'; readonly token: string }

/** SHA-256 of a text in UTF-8, 32 bytes; at once where the runtime can. */
export type Sha256 = (text: string) => Uint8Array | Promise<Uint8Array>

/** Names an installation without telling its fingerprint. 20 hexadecimal digits. */
export function installationDigest(
  product: string,
  fingerprint: string,
  sha256: Sha256 = webSha256,
): Promise<string> {
  return digestOf(['installation', product, fingerprint], sha256)
}

/** Names a customer of a product by the host's id of them. */
export function customerDigest(product: string, subject: string): Promise<string> {
  return digestOf(['customer', product, subject])
}

/** @param secret  20 hexadecimal digits that the host keeps to itself until it deactivates */
export function commitmentTo(secret: string): Promise<string> {
  return digestOf(['secret', secret])
}

export function registrationCode({ digest, commitment }: Registration): string {
  return codeText(Uint8Array.of(KINDS.registration, ...fromHex(digest), ...fromHex(commitment)))
}

export function deactivationCode(digest: string, secret: string): string {
  return codeText(Uint8Array.of(KINDS.deactivation, ...fromHex(digest), ...fromHex(secret)))
}

export function customerCode(digest: string): string {
  return codeText(Uint8Array.of(KINDS.customer, ...fromHex(digest)))
}

/** @param token  20 hexadecimal digits, random */
export function grantCode(token: string): string {
  return codeText(Uint8Array.of(KINDS.grant, ...fromHex(token)))
}

/** @param signature  of `activationMessage`, 64 bytes */
export function activationCode(terms: ActivationTerms, signature: Uint8Array): string {
  return codeText(Uint8Array.of(KINDS.activation, ...bytesOfTerms(terms), ...signature))
}

/** What the center signs: the terms, and whom they are for. The host knows all of it. */
export function activationMessage(
  product: string,
  { digest, commitment }: Registration,
  terms: ActivationTerms,
): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(['license-center activation', product, ''].join('\n'))
  return Uint8Array.of(...head, ...fromHex(digest), ...fromHex(commitment), ...bytesOfTerms(terms))
}

/** @returns where to look again for a code that was mistyped; null for what is no code of ours */
export function readOfflineCode(
  text: string,
): OfflineCode | { readonly mistakenLine: number | null } {
  const read = readCode(text)
  if ('mistakenLine' in read) return read
  const [kind, ...rest] = read.bytes
  const body = Uint8Array.from(rest)
  return codeOf(kind, body) ?? { mistakenLine: null }
}

function codeOf(kind: number | undefined, body: Uint8Array): OfflineCode | null {
  const first = toHex(body.subarray(0, SHORT_BYTES))
  const second = toHex(body.subarray(SHORT_BYTES))
  if (kind === KINDS.activation) return activationOf(body)
  if (body.length === 2 * SHORT_BYTES) {
    if (kind === KINDS.registration) {
      return { kind: 'registration', digest: first, commitment: second }
    }
    if (kind === KINDS.deactivation) return { kind: 'deactivation', digest: first, secret: second }
  }
  if (body.length === SHORT_BYTES) {
    if (kind === KINDS.customer) return { kind: 'customer', digest: first }
    if (kind === KINDS.grant) return { kind: 'grant', token: first }
  }
  return null
}

const INSTANT_BYTES = 4

function bytesOfTerms(terms: ActivationTerms): Uint8Array {
  return Uint8Array.of(
    ...fourBytes(terms.issuedAt),
    ...fourBytes(terms.expiresAt),
    ...fourBytes(terms.graceUntil),
    ...leb128(terms.seq),
    ...leb128(terms.total),
    ...new TextEncoder().encode(terms.plan),
  )
}

function activationOf(body: Uint8Array): OfflineCode | null {
  const terms = body.subarray(0, -SIGNATURE_BYTES)
  const signature = body.slice(-SIGNATURE_BYTES)
  const seq = numberAt(terms, 3 * INSTANT_BYTES)
  const total = seq && numberAt(terms, seq.next)
  if (!seq || !total || signature.length < SIGNATURE_BYTES) return null
  const view = new DataView(terms.buffer, terms.byteOffset, terms.byteLength)
  return {
    kind: 'activation',
    signature,
    terms: {
      issuedAt: view.getUint32(0),
      expiresAt: view.getUint32(INSTANT_BYTES),
      graceUntil: view.getUint32(2 * INSTANT_BYTES),
      seq: seq.value,
      total: total.value,
      plan: new TextDecoder().decode(terms.subarray(total.next)),
    },
  }
}

/** Until 2106. */
function fourBytes(seconds: number): Uint8Array {
  const bytes = new Uint8Array(INSTANT_BYTES)
  new DataView(bytes.buffer).setUint32(0, seconds)
  return bytes
}

const LEB_BITS = 7
const LEB_MORE = 1 << LEB_BITS

/** Seven bits a byte, least significant first; the high bit says that more follows. */
function leb128(value: number): number[] {
  const low = value % LEB_MORE
  return value < LEB_MORE ? [low] : [low + LEB_MORE, ...leb128(Math.floor(value / LEB_MORE))]
}

function numberAt(bytes: Uint8Array, start: number): { value: number; next: number } | null {
  let value = 0
  for (let index = start, scale = 1; index < bytes.length; index += 1, scale *= LEB_MORE) {
    const byte = bytes[index] ?? 0
    value += (byte % LEB_MORE) * scale
    if (!Number.isSafeInteger(value)) return null
    if (byte < LEB_MORE) return { value, next: index + 1 }
  }
  return null
}

/** Parts are ids and texts without line breaks, or the last one: no two lists give the same text. */
async function digestOf(parts: readonly string[], sha256: Sha256 = webSha256): Promise<string> {
  const digest = await sha256(['license-center', ...parts].join('\n'))
  return toHex(digest.subarray(0, SHORT_BYTES))
}

/** Of every runtime, the browser of a console included. */
export async function webSha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
