/** Addresses that can mean one mailbox only (N11). */
import { z } from 'zod'
import { headerLine } from './letter.ts'
import type { Sender } from './port.ts'

const Address = z.email().max(254)

/** True for one plain address: no list, no name, no brackets, no line break. */
export function isMailbox(text: string): boolean {
  return Address.safeParse(text).success && !/[\s,;:<>"()[\]\\]/.test(text)
}

/** `License Center <licenses@example.com>` or the address alone; null when it is neither. */
export function parseSender(text: string): Sender | null {
  const [, quoted, bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(text.trim()) ?? [null, '', text.trim()]
  const name = headerLine((quoted ?? '').replaceAll('"', ''))
  const address = bracketed ?? ''
  return isMailbox(address) ? { name, address } : null
}

/** As a header shows it: the name is quoted, so that nothing in it can be read as an address. */
export function formatSender({ name, address }: Sender): string {
  return name === '' ? address : `"${name.replaceAll(/["\\]/g, '')}" <${address}>`
}
