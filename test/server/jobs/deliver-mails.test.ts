/** Intents become mails: once each, through outages, overlapping runs and workers that die. */
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { operatorTasks } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import type { Id } from '../../../server/domain/ids.ts'
import { deliverMails } from '../../../server/jobs/deliver-mails.ts'
import type { MailOutcome, MailPort, OutgoingMail } from '../../../server/mail/port.ts'
import { retryMail } from '../../../server/usecases/settle-mail.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { intend, mailOf } from '../../support/mail-intents.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterEach(() => center.system.inbox.fail({}))
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

const copies = (id: string) => center.system.inbox.mails().filter(({ key }) => key === id)

function moveBy(duration: { minutes?: number; hours?: number }): void {
  const { clock } = center.system
  clock.moveTo(clock.now().add(duration))
}

/** A transport that knows no idempotency keys and answers as told; it keeps what may have arrived. */
function forgetful(answers: readonly MailOutcome['kind'][]): { deps: Deps; sent: OutgoingMail[] } {
  const sent: OutgoingMail[] = []
  const left = [...answers]
  const mail: MailPort = {
    name: 'smtp',
    isIdempotent: false,
    async send(message) {
      const kind = left.shift() ?? 'accepted'
      if (kind === 'accepted' || kind === 'unknown') sent.push(message)
      return kind === 'accepted' ? { kind, providerId: null } : { kind, reason: `told ${kind}` }
    },
  }
  return { deps: { ...center.system.deps, mail }, sent }
}

describe('delivery', () => {
  it('sends what waits, once, and says so', async () => {
    const id = await intend(center.system)
    expect(await deliverMails(center.system.deps)).toBe(1)
    expect(await deliverMails(center.system.deps)).toBe(0)
    expect(copies(id)).toHaveLength(1)
    expect(await mailOf(center.system, id)).toMatchObject({
      attempts: 1,
      inDoubt: 0,
      sentAt: expect.anything(),
    })
  })

  it('lets intents wait while there is no transport', async () => {
    const id = await intend(center.system)
    expect(await deliverMails({ ...center.system.deps, mail: null })).toBe(0)
    expect(await mailOf(center.system, id)).toMatchObject({ attempts: 0, sentAt: null })
    await deliverMails(center.system.deps)
  })

  it('C15: ten runs at once send each mail once', async () => {
    const ids = await inTurn(30, () => intend(center.system))
    await Promise.all(Array.from({ length: 10 }, () => deliverMails(center.system.deps)))
    moveBy({ minutes: 11 })
    await deliverMails(center.system.deps)
    for (const id of ids) {
      expect(copies(id)).toHaveLength(1)
      expect(await mailOf(center.system, id)).toMatchObject({ attempts: 1 })
    }
  })

  it('handles at most 200 in one run', async () => {
    const { deps, sent } = forgetful([])
    await inTurn(203, () => intend(center.system))
    expect(await deliverMails(deps)).toBe(200)
    expect(await deliverMails(deps)).toBe(3)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(203)
  })

  it('N11: refuses a recipient that is more than one mailbox, and tells the operator', async () => {
    const id = await intend(center.system, { to: 'a@x.example,b@x.example' })
    await deliverMails(center.system.deps)
    expect(copies(id)).toEqual([])
    expect(await openTasks(id)).toHaveLength(1)
  })
})

describe('a provider in trouble', () => {
  it('is asked again later and later, then the mail is given up as an operator’s task', async () => {
    const id = await intend(center.system)
    center.system.inbox.fail({ refuse: { times: 100, status: 403, name: 'invalid_from' } })
    const before = center.system.inbox.requests()
    for (let hour = 0; hour < 72; hour++) {
      await deliverMails(center.system.deps)
      moveBy({ hours: 1 })
    }
    expect(center.system.inbox.requests() - before).toBe(8)
    const given = await mailOf(center.system, id)
    expect(given).toMatchObject({ attempts: 8, sentAt: null, failedAt: expect.anything() })
    expect(given.failure).toContain('invalid_from')
    expect(await openTasks(id)).toHaveLength(1)
  })

  it('a mail that was given up is sent when a person says so, and its task is closed', async () => {
    const id = await intend(center.system)
    center.system.inbox.fail({ refuse: { times: 1, status: 422, name: 'validation_error' } })
    await deliverMails(center.system.deps)
    expect(await openTasks(id)).toHaveLength(1)
    await retryMail(center.system.deps, id, { actor: 'operator:ada', reason: 'Domain is proved.' })
    await deliverMails(center.system.deps)
    expect(copies(id)).toHaveLength(1)
    expect(await openTasks(id)).toEqual([])
    const again = retryMail(center.system.deps, id, { actor: 'operator:ada', reason: 'Again.' })
    await expect(again).rejects.toMatchObject({ code: 'mail.not_failed' })
  })

  it('C16: an answer that was lost makes no second copy where the provider knows the key', async () => {
    const id = await intend(center.system)
    center.system.inbox.fail({ lose: 1 })
    await deliverMails(center.system.deps)
    expect(await mailOf(center.system, id)).toMatchObject({ inDoubt: 1, sentAt: null })
    moveBy({ minutes: 2 })
    await deliverMails(center.system.deps)
    expect(copies(id)).toHaveLength(1)
    expect(await mailOf(center.system, id)).toMatchObject({ inDoubt: 1, sentAt: expect.anything() })
  })

  it('C16: elsewhere at most one copy too many leaves, and it is counted', async () => {
    const id = await intend(center.system)
    const { deps, sent } = forgetful(['unknown', 'unknown', 'accepted'])
    for (let run = 0; run < 5; run++) {
      await deliverMails(deps)
      moveBy({ hours: 1 })
    }
    expect(sent.map((mail) => mail.id)).toEqual([id, id])
    expect(await mailOf(center.system, id)).toMatchObject({
      inDoubt: 2,
      failedAt: expect.anything(),
    })
    expect(await openTasks(id)).toHaveLength(1)
  })

  it('a kind that this version does not know waits for the next version', async () => {
    const id = await intend(center.system, { kind: 'order.birthday' })
    await deliverMails(center.system.deps)
    expect(await mailOf(center.system, id)).toMatchObject({ sentAt: null, failedAt: null })
  })
})

describe('C17: a worker that dies', () => {
  /** The worker ends for good at that point of the mail's way. */
  function dying(id: string, when: 'before' | 'after'): Deps {
    const { deps } = center.system
    const { mail } = deps
    if (mail === null) throw new Error('no transport')
    const death = () => new Promise<never>(() => {})
    const send: MailPort['send'] = async (message) => {
      if (message.id !== id) return mail.send(message)
      if (when === 'after') await mail.send(message)
      return death()
    }
    return { ...deps, mail: { ...mail, send } }
  }

  it.each(['before', 'after'] as const)('%s sending: the mail arrives once', async (when) => {
    const id = await intend(center.system)
    void deliverMails(dying(id, when))
    await expect.poll(() => mailOf(center.system, id)).toMatchObject({ attempts: 1, inDoubt: 1 })
    if (when === 'after') await expect.poll(() => copies(id).length).toBe(1)
    expect(await deliverMails(center.system.deps)).toBe(0)
    moveBy({ minutes: 11 })
    await deliverMails(center.system.deps)
    expect(copies(id)).toHaveLength(1)
    expect(await mailOf(center.system, id)).toMatchObject({
      attempts: 2,
      inDoubt: 1,
      sentAt: expect.anything(),
    })
  })
})

async function inTurn<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let index = 0; index < times; index++) results.push(await work())
  return results
}

function openTasks(id: Id<'mail'>) {
  const { orm } = center.system.deps.db
  return orm
    .select()
    .from(operatorTasks)
    .where(and(eq(operatorTasks.reference, id), isNull(operatorTasks.closedAt)))
}
