/** A stored intent as the mail that leaves now: in words, with its private link, if it is still true. */
import type { MailRow } from '../db/queries/mails.ts'
import { readKeysOf } from '../db/queries/license-keys.ts'
import { readEnds } from '../db/queries/reminders.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import { isId } from '../domain/ids.ts'
import type { MailData, MailKind } from '../domain/mail.ts'
import type { RemindedLicense, ReminderMail } from '../domain/reminder-mail.ts'
import { messageOf, storedMail } from '../mail/messages.ts'
import type { OutgoingMail } from '../mail/port.ts'
import { openKey } from '../usecases/license-secrets.ts'
import { receiptUrl } from '../usecases/order-link.ts'
import { renewUrl } from '../usecases/renew-link.ts'

/** @returns null when what it says is no longer true and nothing is left to say */
export async function outgoingMail(deps: Deps, row: MailRow): Promise<OutgoingMail | null> {
  const stored = storedMail(row)
  const mail = stored.kind === 'reminder.digest' ? await stillTrue(deps, stored.data) : stored
  if (mail === null) return null
  const licenseKeys = await keysOf(deps, mail)
  if (mail.kind === 'license.key' && licenseKeys.size === 0) return null
  const { centerOrigin } = deps.config
  const setting = {
    locale: row.locale,
    centerOrigin,
    renewUrl: await linkOf(deps, mail),
    receiptUrl: await receiptOf(deps, mail),
    licenseKeys,
  }
  return { id: row.id, to: row.recipient, ...messageOf(mail, setting) }
}

/** The keys in force now, by license; without those that nobody may have any more. */
async function keysOf(deps: Deps, mail: MailData): Promise<ReadonlyMap<string, string>> {
  const ids =
    mail.kind === 'license.key'
      ? [mail.data.licenseId]
      : mail.kind === 'order.confirmation'
        ? mail.data.licenses.flatMap(({ licenseId }) => licenseId ?? [])
        : []
  const rows = ids.length === 0 ? [] : await readKeysOf(deps.db, ids)
  const keys = rows.map(
    async ({ id, keyCipher }) => [id, await openKey(deps.secrets, id, keyCipher)] as const,
  )
  return new Map(await Promise.all(keys))
}

/** A digest that waited for its transport must not remind of what was renewed meanwhile (R18). */
async function stillTrue(deps: Deps, digest: ReminderMail): Promise<MailData | null> {
  const { renewable, charges, ending, metered } = digest
  const ids = [...renewable, ...charges, ...ending, ...metered].map(({ licenseId }) => licenseId)
  const ends = new Map((await readEnds(deps.db, ids)).map((row) => [String(row.id), row.endsAt]))
  const isTrue = ({ licenseId, endsAt }: RemindedLicense) => {
    const end = ends.get(licenseId)
    return end !== undefined && formatInstant(end) === endsAt
  }
  const data = {
    ...digest,
    renewable: renewable.filter(isTrue),
    charges: charges.filter(isTrue),
    ending: ending.filter(isTrue),
    metered: metered.filter(isTrue),
  }
  const left = [data.renewable, data.charges, data.ending, data.metered].flat()
  return left.length === 0 ? null : { kind: 'reminder.digest', data }
}

/** Of mails that are sent once something was paid or issued. */
const WITH_RECEIPT: readonly MailKind[] = [
  'order.confirmation',
  'order.renewed',
  'order.refunded',
  'order.disputed',
  'auto_renewal.succeeded',
]

async function receiptOf(deps: Deps, mail: MailData): Promise<string | null> {
  const isBillPaid = mail.kind === 'pay_per_use.billed' && mail.data.state === 'paid'
  if (!isBillPaid && !WITH_RECEIPT.includes(mail.kind)) return null
  const id = 'orderId' in mail.data ? mail.data.orderId : ''
  return isId('ord', id) ? receiptUrl(deps, id) : null
}

async function linkOf(deps: Deps, mail: MailData): Promise<string | null> {
  if (mail.kind !== 'reminder.digest' && mail.kind !== 'auto_renewal.action_required') return null
  const { renewLinkId: id } = mail.data
  return id !== null && isId('rnl', id) ? renewUrl(deps, id) : null
}
