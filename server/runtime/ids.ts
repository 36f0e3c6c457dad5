import type { Temporal } from 'temporal-polyfill'
import { TypeID } from 'typeid-js'
import type { NewId } from '../domain/ids.ts'

/**
 * Makes `deps.newId`: a TypeID, which is the prefix and a UUIDv7 (RFC 9562) in base 32, so that ids
 * sort by the millisecond of their creation. Within one millisecond their order is by chance.
 */
export function createNewId(
  now: () => Temporal.Instant,
  randomBytes: (length: number) => Uint8Array,
): NewId {
  return (prefix) => {
    const uuid = uuidV7(now().epochMilliseconds, randomBytes(10))
    return `${prefix}_${TypeID.fromUUIDBytes(prefix, uuid).getSuffix()}`
  }
}

/** 48 bits of milliseconds, the version 7, 12 random bits, the variant, 62 random bits. */
function uuidV7(epochMilliseconds: number, random: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16)
  bytes.set(random, 6)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(epochMilliseconds / 2 ** 32))
  view.setUint32(2, epochMilliseconds % 2 ** 32)
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f))
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  return bytes
}
