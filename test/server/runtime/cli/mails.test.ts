import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '../../../../server/domain/ids.ts'
import { deliverMails } from '../../../../server/jobs/deliver-mails.ts'
import { openCommandLine, type CommandLine } from '../../../support/command-line.ts'
import { intend } from '../../../support/mail-intents.ts'
import { startTestSystem, type TestSystem } from '../../../support/system.ts'

let center: TestSystem
let line: CommandLine
let failed: Id<'mail'>
beforeAll(async () => {
  center = await startTestSystem()
  failed = await intend(center.system, { to: 'two@x.example,mailboxes@x.example' })
  await deliverMails(center.system.deps)
})
beforeEach(async () => {
  const { system, directory } = center
  const env = { DATABASE_URL: `file:${directory}/license-center.db` }
  line = await openCommandLine(env, { now: system.clock.now })
})
afterAll(() => center.remove())

describe('mails list', () => {
  it('shows what nobody got, and why', async () => {
    const { exit, out } = await line.run('mails', 'list', '--state', 'failed')
    expect(exit).toBe(0)
    expect(out).toContain(failed)
    expect(out).toContain('This is not one mailbox.')
    expect((await line.run('mails', 'list', '--state', 'sent')).out).toContain('No mails.')
  })

  it('says what a mistyped state may have meant', async () => {
    const { exit, error } = await line.run('mails', 'list', '--state', 'faild')
    expect(exit).toBe(2)
    expect(error).toContain('Did you mean "failed"?')
  })
})

describe('mails retry', () => {
  it('needs a reason, and puts the mail among those that wait', async () => {
    expect((await line.run('mails', 'retry', failed)).exit).toBe(2)
    const done = await line.run('mails', 'retry', failed, '--reason', 'Mailbox made', '--json')
    expect(done.exit).toBe(0)
    expect(JSON.parse(done.out)).toMatchObject({ id: failed, state: 'waiting', attempts: 0 })
    expect((await line.run('mails', 'retry', failed, '--reason', 'Again')).exit).toBe(1)
  })

  it('refuses what is no mail', async () => {
    expect((await line.run('mails', 'retry', 'mail_x', '--reason', 'x')).exit).toBe(1)
  })
})
