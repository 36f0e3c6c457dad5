/** `mails retry ID`: send what was given up once more, with the next run of the delivery. */
import { isId } from '../../domain/ids.ts'
import { Refused } from '../../domain/refusals.ts'
import { retryMail } from '../../usecases/settle-mail.ts'
import type { CommandSpec } from './command.ts'
import { mailSummary } from './mails-list.ts'
import { ACCOUNTABLE, accountOf, withDatabase } from './workplace.ts'

export const retryMailCommand: CommandSpec = {
  name: 'retry',
  description: 'Send a mail that was given up once more',
  args: {
    id: { type: 'positional', description: 'mail_…' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const id = given.required('id')
    const account = accountOf(given)
    if (!isId('mail', id)) throw new Refused('mail.not_found')
    const row = await withDatabase(shell, (deps) => retryMail(deps, id, account))
    return {
      data: mailSummary(row),
      text: `${id} waits again: the next run of deliver-mails sends it to ${row.recipient}.`,
    }
  },
}
