/** Whether mails can leave, and what became of those that should have. */
import { countMails } from '../../db/queries/mails.ts'
import type { Database } from '../../db/open.ts'
import { readConfiguration } from '../config.ts'
import { ok, warn, type Check } from './doctor-report.ts'
import type { Shell } from './shell.ts'

const SET_UP = 'Set MAIL_FROM, and SMTP_URL or RESEND_API_KEY; on Workers bind send_email as EMAIL.'

export async function mailChecks(db: Database, env: Shell['env']): Promise<Check[]> {
  const [waiting, failed] = [await countMails(db, 'waiting'), await countMails(db, 'failed')]
  const transport = transportOf(env)
  return [
    transport === null
      ? warn('mail', `No transport: ${waiting} mails wait, nobody is told anything.`, SET_UP)
      : ok('mail', `${transport}; ${waiting} wait`),
    ...(failed === 0
      ? []
      : [
          warn(
            'failed mails',
            `${failed} were given up.`,
            'license-center mails list --state failed, then mails retry ID --reason …',
          ),
        ]),
  ]
}

/** What is wrong with the variables is said by the check of the environment. */
function transportOf(env: Shell['env']): string | null {
  try {
    const { mail } = readConfiguration(env)
    if (mail === null) return null
    return `${mail.transport.kind}, from ${mail.from.address}`
  } catch {
    return null
  }
}
