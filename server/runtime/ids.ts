import type { Temporal } from 'temporal-polyfill'
import { TypeID } from 'typeid-js'
import type { NewId } from '../domain/ids.ts'

/**
 * Makes `deps.newId`: a TypeID, which is the prefix and a UUIDv7 (RFC 9562) in base 32, so that ids
 * sort by the millisecond of their creation. Within one millisecond those of one maker sort by their
 * order, too (method 2 of section 6.2): what was made together is listed as it was made.
 */
export function createNewId(
  now: () => Temporal.Instant,
  randomBytes: (length: number) => Uint8Array,
): NewId {
  let last = { at: -1, chance: 0n }
  return (prefix) => {
    const at = now().epochMilliseconds
    const drawn = numberIn(randomBytes(10))
    // A step of 32 bits of chance, so that nobody counts on from an id that they know.
    const chance = at === last.at ? last.chance + 1n + (drawn & 0xffff_ffffn) : drawn
    last = { at, chance: chance & CHANCE }
    const uuid = uuidV7(at, last.chance)
    return `${prefix}_${TypeID.fromUUIDBytes(prefix, uuid).getSuffix()}`
  }
}

/** 74 bits. */
const CHANCE = 2n ** 74n - 1n
const LOW_62 = 2n ** 62n - 1n

function numberIn(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
}

/** 48 bits of milliseconds, the version 7, 12 random bits, the variant, 62 random bits. */
function uuidV7(epochMilliseconds: number, chance: bigint): Uint8Array {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(epochMilliseconds / 2 ** 32))
  view.setUint32(2, epochMilliseconds % 2 ** 32)
  view.setUint16(6, 0x7000 | Number(chance >> 62n))
  view.setBigUint64(8, (2n << 62n) | (chance & LOW_62))
  return bytes
}
