/** What a customer has to pay with, as they would count it: a card that was saved twice is one card. */

/** Newest first, as the provider lists them. */
export interface SavedCopy {
  readonly id: string
  readonly isDefault: boolean
  /** The same for one card or account however often it was saved; null where that is not known. */
  readonly fingerprint: string | null
}

/** One of each, in their order: the default one where it is among the copies, else the newest. */
export function distinctMethods<T extends SavedCopy>(methods: readonly T[]): readonly T[] {
  return methods.filter((method, index) => {
    const others = methods.filter((_, other) => other !== index)
    return !others.some(
      (other) =>
        isSame(method, other) &&
        (other.isDefault || (!method.isDefault && methods.indexOf(other) < index)),
    )
  })
}

/** The ids of all copies of that method, itself included; empty when it is not among them. */
export function copiesOf(methods: readonly SavedCopy[], id: string): readonly string[] {
  const meant = methods.find((method) => method.id === id)
  if (meant === undefined) return []
  return methods.filter((method) => method === meant || isSame(method, meant)).map((one) => one.id)
}

function isSame(one: SavedCopy, other: SavedCopy): boolean {
  return one.fingerprint !== null && one.fingerprint === other.fingerprint
}
