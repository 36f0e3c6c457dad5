/** Mails about one license: its key (S65), and an installation that moves (S82). */
import type { LicenseKeyMail, RebindMail } from '../domain/license-mail.ts'
import type { Block, Letter } from './letter.ts'
import { dayAndTime, paragraph, policyLinks, type Desk } from './parts.ts'

export function keyLetter(mail: LicenseKeyMail, desk: Desk): Letter {
  const { words, locale, licenseKeys } = desk
  const licenseKey = licenseKeys.get(mail.licenseId)
  const previous =
    mail.previousUntil === null
      ? words.key.previousNever
      : words.key.previous(dayAndTime(mail.previousUntil, mail.zone, locale))
  return {
    subject: words.key.subject[mail.why](mail.productName),
    blocks: [
      paragraph(words.greeting),
      paragraph(words.key.lead[mail.why]),
      {
        kind: 'facts',
        rows: [
          [words.key.license, words.order.line(mail.planName, countOf(mail.quantity, desk))],
          [words.key.id, mail.licenseId],
          [words.key.until, dayAndTime(mail.endsAt, mail.zone, locale)],
          licenseKey === undefined ? null : [words.key.key, licenseKey],
        ],
      },
      ...(mail.why === 'rotated' ? [paragraph(previous)] : []),
      paragraph(words.key.keep),
      ...(mail.why === 'granted' ? [] : [paragraph(words.key.notYou)]),
      console(mail, desk),
      ...policyLinks(words.order.policies, ['delivery-activation', 'support-policy'], desk),
    ],
  }
}

export function rebindLetter(mail: RebindMail, desk: Desk): Letter {
  const { rebind, order, greeting } = desk.words
  const isForUs = mail.audience === 'operator'
  const reasons = mail.reasons.map((reason) => rebind.reason[reason]).join('; ')
  return {
    subject: rebind.subject[mail.phase](mail.productName),
    blocks: [
      paragraph(greeting),
      paragraph(rebind.lead[mail.phase]),
      ...(isForUs && mail.phase === 'requested' ? [paragraph(rebind.task)] : []),
      {
        kind: 'facts',
        rows: [
          [
            rebind.license,
            desk.words.license.name(mail.planName, countOf(mail.quantity, desk), mail.keyLast4),
          ],
          [rebind.number, mail.rebindId],
          [rebind.from, mail.from],
          [rebind.to, mail.to],
          isForUs ? [rebind.score, String(mail.score)] : null,
          isForUs && reasons !== '' ? [rebind.reasons, reasons] : null,
          isForUs && mail.note !== null ? [rebind.note, mail.note] : null,
          mail.decisionReason === null || mail.phase !== 'denied'
            ? null
            : [rebind.decision, mail.decisionReason],
        ],
      },
      ...(isForUs ? [] : [paragraph(rebind.notYou), console(mail, desk)]),
      ...policyLinks(order.policies, ['delivery-activation', 'support-policy'], desk),
    ],
  }
}

function console(mail: { productName: string; homeUrl: string }, { words }: Desk): Block {
  return {
    kind: 'links',
    links: [{ label: words.license.console(mail.productName), href: mail.homeUrl }],
  }
}

function countOf(quantity: number, { locale }: Desk): string {
  return new Intl.NumberFormat(locale).format(quantity)
}
