/** Randomness by name: the same seed and name always give the same numbers, whatever else happens. */

export interface Chance {
  /** In [0, 1). */
  real(): number
  /** A whole number in [0, limit). */
  below(limit: number): number
  /** True with this probability. */
  is(probability: number): boolean
  pick<T>(list: readonly [T, ...T[]]): T
  bytes(length: number): Uint8Array<ArrayBuffer>
}

/** A generator of its own for each name, so that taking one actor away leaves the others as they were. */
export function chanceOf(seed: number, name: string): Chance {
  let state = hashOf(seed, name)
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const real = () => word() / 2 ** 32
  const below = (limit: number) => Math.floor(real() * limit)
  return {
    real,
    below,
    is: (probability) => real() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
    bytes: (length) => Uint8Array.from({ length }, () => word() & 0xff),
  }
}

/** One number in [0, 1) for a name: for decisions that must not depend on how many came before. */
export function lotOf(seed: number, name: string): number {
  return (hashOf(seed, name) >>> 0) / 2 ** 32
}

/** FNV-1a over the name, with the finish of MurmurHash3. */
function hashOf(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) | 0
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
