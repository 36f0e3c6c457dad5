/** Words of the mails about one license: its key, its installations. */
import type { RebindReason } from '../domain/rebind.ts'

const reasons: Readonly<Record<RebindReason, string>> = {
  quota: 'the moves of 30 days are used up',
  cooldown: 'the last move was a short time ago',
  offline: 'the old host has no network and does not learn of it',
  email_mismatch: 'the address of who asked is not the customer’s',
  used_elsewhere: 'the new machine is used with another license',
  many_lately: 'there were several moves lately',
  young_activation: 'the old installation is less than a day old',
  recently_seen: 'the old installation called within the last hour',
}

export const licenseMailsEn = {
  key: {
    subject: {
      granted: (product: string) => `${product}: a license for you`,
      asked: (product: string) => `${product}: your license key`,
      rotated: (product: string) => `${product}: your new license key`,
    },
    lead: {
      granted: 'We have given you a license. Nothing has to be paid.',
      asked: 'You asked for the key of your license.',
      rotated: 'The key of your license was replaced. What is activated stays activated.',
    },
    key: 'License key',
    license: 'License',
    id: 'License ID',
    until: 'Valid until',
    previous: (until: string) => `The key before it works until ${until}.`,
    previousNever: 'The key before it does not work any more.',
    keep: 'Whoever has the key can use the license: keep it out of tickets, chats and screenshots.',
    notYou: 'If you did not ask for this, replace the key in the console and write to us.',
  },
  rebind: {
    subject: {
      requested: (product: string) => `${product}: an installation is to be moved`,
      approved: (product: string) => `${product}: an installation was moved`,
      denied: (product: string) => `${product}: an installation was not moved`,
      withdrawn: (product: string) => `${product}: a move was withdrawn`,
    },
    lead: {
      requested:
        'A license is to move from one installation to another. We look at it before anything changes.',
      approved:
        'A license moved from one installation to another. The old one does not work any more.',
      denied:
        'A license was to move to another installation. We did not approve it, and nothing has changed.',
      withdrawn: 'The wish to move a license was withdrawn. Nothing has changed.',
    },
    task: 'It waits for your decision: license-center rebind approve, or deny.',
    license: 'License',
    from: 'From',
    to: 'To',
    number: 'Request',
    score: 'Score',
    reasons: 'Why a person looks',
    note: 'They wrote',
    decision: 'Our reason',
    reason: reasons,
    notYou: 'If it was not you who asked, write to us at once.',
  },
}
