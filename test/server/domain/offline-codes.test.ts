/** What the codes of a host without a network say, as bytes and as text (S34). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeText, readCode } from '../../../server/domain/code-text.ts'
import {
  activationCode,
  activationMessage,
  commitmentTo,
  customerCode,
  customerDigest,
  deactivationCode,
  grantCode,
  installationDigest,
  readOfflineCode,
  registrationCode,
  toHex,
  type ActivationTerms,
} from '../../../server/domain/offline-codes.ts'
import { RUNS } from '../../support/laws.ts'

const short = fc.stringMatching(/^[0-9a-f]{20}$/)
const second = fc.integer({ min: 0, max: 0xffffffff })
const terms: fc.Arbitrary<ActivationTerms> = fc.record({
  issuedAt: second,
  expiresAt: second,
  graceUntil: second,
  seq: fc.maxSafeNat(),
  total: fc.integer({ min: 1, max: 1_000_000 }),
  plan: fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/),
})
const signature = fc.uint8Array({ minLength: 64, maxLength: 64 })

describe('readOfflineCode()', () => {
  it('reads every code as what was written', () => {
    fc.assert(
      fc.property(short, short, terms, signature, (one, other, said, signed) => {
        expect(readOfflineCode(registrationCode({ digest: one, commitment: other }))).toEqual({
          kind: 'registration',
          digest: one,
          commitment: other,
        })
        expect(readOfflineCode(deactivationCode(one, other))).toEqual({
          kind: 'deactivation',
          digest: one,
          secret: other,
        })
        expect(readOfflineCode(customerCode(one))).toEqual({ kind: 'customer', digest: one })
        expect(readOfflineCode(grantCode(one))).toEqual({ kind: 'grant', token: one })
        const activation = readOfflineCode(activationCode(said, signed))
        expect(activation).toEqual({ kind: 'activation', terms: said, signature: signed })
      }),
      RUNS,
    )
  })

  it('answers a code or where to look again, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300, size: 'max' }), (text) => {
        const read = readOfflineCode(text)
        expect('kind' in read || 'mistakenLine' in read).toBe(true)
      }),
      RUNS,
    )
  })

  it('knows neither a kind nor a length that it has not', () => {
    expect(readOfflineCode('008')).toEqual({ mistakenLine: null })
    expect(readOfflineCode(customerCode('00'.repeat(9)))).toEqual({ mistakenLine: null })
    const longer = { digest: '00'.repeat(10), commitment: '00'.repeat(11) }
    expect(readOfflineCode(registrationCode(longer))).toEqual({ mistakenLine: null })
    for (const bytes of [10, 20]) {
      const unknown = codeText(Uint8Array.of(99, ...new Uint8Array(bytes)))
      expect(readOfflineCode(unknown)).toEqual({ mistakenLine: null })
    }
  })

  it('knows no activation that ends before its numbers or its signature do', () => {
    const said = { issuedAt: 1, expiresAt: 2, graceUntil: 3, seq: 4, total: 5, plan: '' }
    const whole = readCode(activationCode(said, new Uint8Array(64)))
    if (!('bytes' in whole)) throw new Error('it was not read')
    for (const length of [1, 30, 64, 65, 77, 78]) {
      const cut = codeText(whole.bytes.slice(0, length))
      expect(readOfflineCode(cut), `${length} bytes`).toEqual({ mistakenLine: null })
    }
  })

  it.each([0, 1, 127, 128, 129, 16_383, 16_384, 2 ** 31, Number.MAX_SAFE_INTEGER])(
    'reads %d where it was written, whatever bytes it takes',
    (number) => {
      const said = {
        issuedAt: 1,
        expiresAt: 2,
        graceUntil: 3,
        seq: number,
        total: number,
        plan: 'x',
      }
      const read = readOfflineCode(activationCode(said, new Uint8Array(64)))
      expect(read).toMatchObject({ terms: said })
    },
  )
})

describe('a code', () => {
  it('of a registration has 36 characters, and an activation at most seven lines', () => {
    const registration = registrationCode({ digest: 'a'.repeat(20), commitment: 'b'.repeat(20) })
    expect(registration.replaceAll(/[-\n]/g, '')).toHaveLength(36)
    const said = { issuedAt: 1, expiresAt: 2, graceUntil: 3, seq: 12, total: 100, plan: 'failback' }
    const text = activationCode(said, new Uint8Array(64))
    expect(text.replaceAll(/[-\n]/g, '')).toHaveLength(146)
    expect(text.split('\n')).toHaveLength(6)
  })
})

describe('what is signed', () => {
  it('is another message for another product, installation, registration or term', async () => {
    const registration = {
      digest: await installationDigest('vault', 'host-a'),
      commitment: await commitmentTo('00'.repeat(10)),
    }
    const said = { issuedAt: 1, expiresAt: 2, graceUntil: 3, seq: 4, total: 5, plan: 'dr' }
    const messages = [
      activationMessage('vault', registration, said),
      activationMessage('other', registration, said),
      activationMessage('vault', { ...registration, digest: 'a'.repeat(20) }, said),
      activationMessage('vault', { ...registration, commitment: 'b'.repeat(20) }, said),
      ...Object.keys(said).map((term) =>
        activationMessage('vault', registration, { ...said, [term]: term === 'plan' ? 'x' : 9 }),
      ),
    ]
    expect(new Set(messages.map(String)).size).toBe(messages.length)
  })

  it('begins with what it is, and stays as it is for ever', () => {
    const registration = { digest: 'a'.repeat(20), commitment: 'b'.repeat(20) }
    const said = { issuedAt: 1, expiresAt: 2, graceUntil: 3, seq: 4, total: 5, plan: 'dr' }
    const message = activationMessage('vault', registration, said)
    const head = 'license-center activation\nvault\n'
    expect(new TextDecoder().decode(message.slice(0, head.length))).toBe(head)
    expect(toHex(message.slice(head.length))).toBe(
      `${'a'.repeat(20)}${'b'.repeat(20)}00000001000000020000000304056472`,
    )
  })
})

describe('digests', () => {
  it('tell products, fingerprints and customers apart, and stay as they are for ever', async () => {
    expect(await installationDigest('vault', 'host-a')).toBe('f635cad2eed14b9ec2da')
    expect(await customerDigest('vault', 'host-a')).toBe('b393261dfb5adf077b1e')
    expect(await commitmentTo('00'.repeat(10))).toBe('b8623a978b3066608209')
  })
})
