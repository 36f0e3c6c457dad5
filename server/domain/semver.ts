/** Semantic Versioning 2.0.0: which of two versions is newer. */

/** The expression that semver.org suggests. */
export const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/

export const SEMVER_MAX_LENGTH = 64

interface Parts {
  readonly numbers: readonly [bigint, bigint, bigint]
  /** Empty for a version that is not a pre-release. */
  readonly identifiers: readonly string[]
}

export function isSemver(text: string): boolean {
  return text.length <= SEMVER_MAX_LENGTH && SEMVER.test(text)
}

/** Precedence of section 11: negative when `one` is older; build metadata does not count. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)]
  for (const at of [0, 1, 2] as const) {
    if (a.numbers[at] !== b.numbers[at]) return a.numbers[at] < b.numbers[at] ? -1 : 1
  }
  return comparePreReleases(a.identifiers, b.identifiers)
}

/** The same major and minor number: one is a patch of the other's line. */
export function isSameLine(one: string, other: string): boolean {
  const [a, b] = [partsOf(one).numbers, partsOf(other).numbers]
  return a[0] === b[0] && a[1] === b[1]
}

/** A version comes after all its pre-releases. */
function comparePreReleases(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length
  for (const [at, identifier] of one.entries()) {
    const against = other[at]
    if (against === undefined) return 1
    const order = compareIdentifiers(identifier, against)
    if (order !== 0) return order
  }
  return one.length - other.length
}

/** Numbers by value and before words, words by their letters. */
function compareIdentifiers(one: string, other: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)]
  if (isNumber && isOtherNumber) return Number(BigInt(one) - BigInt(other))
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  return one === other ? 0 : one < other ? -1 : 1
}

/** @throws RangeError for what is no version: a bug, since `isSemver` guards every border */
function partsOf(text: string): Parts {
  const [, major, minor, patch, preRelease] = SEMVER.exec(text) ?? []
  if (major === undefined || minor === undefined || patch === undefined) {
    throw new RangeError(`no version: ${text}`)
  }
  return {
    numbers: [BigInt(major), BigInt(minor), BigInt(patch)],
    identifiers: preRelease === undefined ? [] : preRelease.split('.'),
  }
}
