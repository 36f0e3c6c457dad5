/**
 * When two addresses are one mailbox (T14): the domain without regard to case, as DNS reads it; the part
 * before it letter by letter, since only its owner knows more. Anything cleverer merges two people:
 * `+tag`, dots, look-alikes of other alphabets, Turkish ı. Nothing is ever changed where it is stored.
 */
export function isSameMailbox(one: string, other: string): boolean {
  return comparable(one) === comparable(other)
}

function comparable(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  return address.slice(0, at) + domain
}
