/** A stored intent as the mail that leaves now: in words, with its private link, if it is still true. */
import type { MailRow } from '../db/queries/mails.ts'
import type { Deps } from '../deps.ts'
import { messageOf, storedMail } from '../mail/messages.ts'
import type { OutgoingMail } from '../mail/port.ts'

/** @returns null when what it says is no longer true and nothing is left to say */
export async function outgoingMail(deps: Deps, row: MailRow): Promise<OutgoingMail | null> {
  const mail = storedMail(row)
  const { centerOrigin } = deps.config
  return { id: row.id, to: row.recipient, ...messageOf(mail, { locale: row.locale, centerOrigin }) }
}
