/** What is said when a plan ended (R4): no renewal goes on, and what can be bought instead. */
import type { AutoRenewalEndedMail } from '../domain/renewal-mail.ts'
import type { Block, Letter } from './letter.ts'
import { heading, paragraph, policyLinks, type Desk } from './parts.ts'
import { affected } from './renewal-letters.ts'

export function autoEndedLetter(mail: AutoRenewalEndedMail, desk: Desk): Letter {
  const { autoEnded, greeting, license, order } = desk.words
  const plans = [...new Set(mail.licenses.map(({ planName }) => planName))]
  return {
    subject: autoEnded.subject(mail.productName, listOf(plans, desk)),
    blocks: [
      paragraph(greeting),
      paragraph(autoEnded.causes[mail.cause]),
      ...affected(mail, desk),
      paragraph(autoEnded.works),
      heading(autoEnded.next),
      ...insteadOf(mail.instead, desk),
      {
        kind: 'button',
        link: { label: license.console(mail.productName), href: mail.homeUrl },
      },
      ...policyLinks(order.policies, ['refund-policy', 'terms-of-service', 'support-policy'], desk),
    ],
  }
}

/** Which plans are sold, or whom to ask where none is. */
export function insteadOf(names: readonly string[], desk: Desk): Block[] {
  const { words, centerOrigin } = desk
  if (names.length > 0) return [paragraph(words.autoEnded.instead(listOf(names, desk)))]
  const link = { label: words.autoEnded.ask, href: `${centerOrigin}/contact?topic=renewal` }
  return [paragraph(words.autoEnded.nothing), { kind: 'links', links: [link] }]
}

function listOf(names: readonly string[], { locale }: Desk): string {
  return new Intl.ListFormat(locale, { type: 'unit' }).format(names)
}
