/** `doctor`: everything that has to be right before the first sale, and how to mend what is not. */
import { EXIT, type CommandSpec } from './command.ts'
import { databaseChecks } from './doctor-database.ts'
import { environmentChecks } from './doctor-environment.ts'
import type { Check } from './doctor-report.ts'
import { stripeChecks } from './doctor-stripe.ts'

export const examine: CommandSpec = {
  name: 'doctor',
  description:
    'Examine Node, environment, database, Stripe, origins and mail; say how to mend each',
  async run(_, shell) {
    const checks = [
      ...environmentChecks(shell.env),
      ...(await stripeChecks(shell)),
      ...(await databaseChecks(shell)),
    ]
    const failed = checks.filter(({ status }) => status === 'fail').length
    const warned = checks.filter(({ status }) => status === 'warn').length
    const sum =
      failed + warned === 0 ? 'Everything is fine.' : `${failed} to mend, ${warned} to look at.`
    return {
      data: { ok: failed === 0, checks },
      text: [...checks.map(textOf), '', sum].join('\n'),
      exit: failed === 0 ? EXIT.done : EXIT.no,
    }
  },
}

const MARKS: Readonly<Record<Check['status'], string>> = {
  ok: 'ok  ',
  warn: 'look',
  fail: 'MEND',
  skipped: '-   ',
}

function textOf({ name, status, says, mend }: Check): string {
  const first = `${MARKS[status]}  ${name.padEnd(14)} ${says}`
  return mend === null ? first : `${first}\n${' '.repeat(21)}→ ${mend}`
}
