/** Tells the owner of a webhook endpoint that it hears nothing any more. */
import type { WebhookDisabledMail } from '../domain/mail.ts'
import type { Letter } from './letter.ts'
import { paragraph, policyLinks, type Desk } from './parts.ts'

export function webhookDisabledLetter({ url, outcome }: WebhookDisabledMail, desk: Desk): Letter {
  const { webhook, greeting } = desk.words
  return {
    subject: webhook.subject,
    blocks: [
      paragraph(greeting),
      paragraph(webhook.lead),
      {
        kind: 'facts',
        rows: [
          [webhook.address, url],
          [webhook.outcome, outcome],
        ],
      },
      paragraph(webhook.next),
      ...policyLinks(desk.words.ticket.policies, ['support-policy', 'faq'], desk),
    ],
  }
}
