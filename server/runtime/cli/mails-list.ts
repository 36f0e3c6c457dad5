/** `mails list`: what was sent, what waits, what was given up. */
import { listMails, MAIL_STATES, mailStateOf, type MailRow } from '../../db/queries/mails.ts'
import { formatInstant } from '../../domain/calendar.ts'
import { nearestWord } from '../../domain/suggest.ts'
import { UsageError, type CommandSpec } from './command.ts'
import { withDatabase } from './workplace.ts'

const LIMIT = 50

export const listMailsCommand: CommandSpec = {
  name: 'list',
  description: 'List mails, newest first; --state failed is what nobody got',
  args: {
    state: { type: 'string', description: MAIL_STATES.join(', ') },
    limit: { type: 'string', description: 'How many at most', default: String(LIMIT) },
  },
  async run(given, shell) {
    const filter = { state: stateOf(given.text('state')), limit: limitOf(given.text('limit')) }
    const rows = await withDatabase(shell, ({ db }) => listMails(db, filter))
    const mails = rows.map(mailSummary)
    return {
      data: { mails },
      text: mails.length === 0 ? 'No mails.' : mails.map(textOf).join('\n'),
    }
  },
}

export function mailSummary(row: MailRow) {
  return {
    id: row.id,
    product: row.productId,
    kind: row.kind,
    about: row.reference,
    to: row.recipient,
    state: mailStateOf(row),
    attempts: row.attempts,
    /** Attempts that may have arrived though we never learned it. */
    in_doubt: row.inDoubt,
    failure: row.failure,
    created_at: formatInstant(row.createdAt),
    sent_at: row.sentAt === null ? null : formatInstant(row.sentAt),
    try_at: row.tryAt === null ? null : formatInstant(row.tryAt),
  }
}

function textOf(mail: ReturnType<typeof mailSummary>): string {
  const tried = mail.attempts > 1 ? ` after ${mail.attempts} attempts` : ''
  const doubt = mail.in_doubt > 0 ? `, may have arrived ${mail.in_doubt} times more` : ''
  const first = `${mail.id}  ${mail.state}${tried}${doubt}  ${mail.kind}  ${mail.about}  ${mail.to}  ${mail.created_at}`
  return mail.state === 'sent' || mail.failure === null ? first : `${first}\n  ${mail.failure}`
}

function stateOf(text: string | null) {
  if (text === null) return null
  const state = MAIL_STATES.find((known) => known === text)
  if (state !== undefined) return state
  const meant = nearestWord(text, MAIL_STATES)
  throw new UsageError(`There is no state "${text}".${meant ? ` Did you mean "${meant}"?` : ''}`)
}

function limitOf(text: string | null): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new UsageError('--limit is a whole number from 1 to 1000.')
  }
  return limit
}
