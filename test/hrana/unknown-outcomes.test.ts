/**
 * C01, C02, C05, P27: each request to the database of each command meets a fault, and the command is
 * given again. What it leaves is what one command leaves without any fault.
 */
import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdWebhooks } from '../support/provider-events.ts'
import { expectInvariants } from '../support/invariants.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { COMMANDS } from './commands.ts'
import { codeOf, type Command, type Given } from './given.ts'
import { startHranaFor } from '../support/hrana/for-test.ts'
import type { Fate, HranaServer } from '../support/hrana/server.ts'

const FATES = ['reply lost', 'request lost', 'twice', 'stream expired'] as const
/** More requests than any command makes. */
const LONGEST = 20

describe.each(COMMANDS)('$name', (command) => {
  let libsql: HranaServer
  let center: TestSystem
  beforeAll(async () => {
    libsql = await startHranaFor(afterAll)
    center = await startTestSystem({ databaseUrl: libsql.url })
    await holdWebhooks(center.system)
  })
  afterAll(async () => {
    // What a person released or canceled is no longer what was paid.
    if (!command.name.startsWith('orders review')) await expectInvariants(center.system)
    await center.remove()
  })

  it.each(FATES)('given again after a request met “%s” has its first result', async (fate) => {
    const smooth = await attempt(command, `${fate}-smooth`, 'fine', 0)
    expect(smooth.first).not.toBeInstanceOf(Error)
    expect(smooth.requests).toBeGreaterThan(0)
    for (let request = 1; request <= smooth.requests; request++) {
      const met = await attempt(command, `${fate}-${request}`, fate, request)
      const cell = { command: command.name, fate, request }
      expect({ ...cell, left: met.left }).toEqual({ ...cell, left: smooth.left })
      expect({ ...cell, again: met.again }).toEqual({ ...cell, again: met.expected })
      const wrong = met.first instanceof Error && !isUnavailable(met.first) ? met.first : null
      expect({ ...cell, wrong }).toEqual({ ...cell, wrong: null })
    }
    expect(smooth.requests).toBeLessThan(LONGEST)
  })

  async function attempt(tried: Command, label: string, fate: Fate, request: number) {
    const name = `${tried.name}-${label}`.replace(/\W+/g, '-').toLowerCase()
    const given = await tried.prepare(center, name)
    const before = libsql.roundTrips()
    libsql.setWeather((count) => (count === before + request ? fate : 'fine'))
    const first = await outcome(given)
    const requests = libsql.roundTrips() - before
    libsql.setWeather(() => 'fine')
    // Nobody was told anything then, so the second answer is the first result.
    const isUnheard = isUnavailable(first)

    const again = await outcome(given)
    const expected = isUnheard ? again : first instanceof Error ? first : (tried.repeated ?? first)
    return {
      first,
      again: asCode(again),
      expected: asCode(expected),
      requests,
      left: await given.left(),
    }
  }
})

async function outcome(given: Given): Promise<unknown> {
  try {
    return await given.give()
  } catch (error) {
    return error
  }
}

/** 503 and its like: the database was away. Any other failure is a wrong answer. */
function isUnavailable(answer: unknown): boolean {
  return (
    answer instanceof Error &&
    /\bdatabase\.unavailable\b|^Failed query|outcome .* unknown/.test(answer.message)
  )
}

function asCode(value: unknown): unknown {
  return value instanceof Error ? (codeOf(value) ?? value.message) : value
}

/** Younger than this matrix; each of them still needs its row. */
const AWAITED = [
  'jobs/auto-renew.ts',
  'jobs/deliver-mails.ts',
  'usecases/activate-license.ts',
  'usecases/change-renewal-mode.ts',
  'usecases/change-saved-method.ts',
  'usecases/charge-metered-days.ts',
  'usecases/charge-renewals.ts',
  'usecases/count-metered-days.ts',
  'usecases/end-auto-renewal.ts',
  'usecases/follow-aftermath.ts',
  'usecases/hold-license.ts',
  'usecases/open-method-setup.ts',
  'usecases/refund-order.ts',
  'usecases/renew-session.ts',
  'usecases/settle-mail.ts',
  'usecases/settle-method-setup.ts',
  'usecases/suspend-unpaid.ts',
  'usecases/use-unit.ts',
  'usecases/write-digest.ts',
]

it('has a row for every file that changes the database', () => {
  const covered = new Set(COMMANDS.flatMap(({ covers }) => covers))
  const changing = globSync(['server/usecases/*.ts', 'server/jobs/*.ts'])
    .filter((file) => /\b(decideAndCommit|commit)\(/.test(readFileSync(file, 'utf8')))
    .map((file) => file.replace('server/', ''))
  expect(changing.length).toBeGreaterThan(8)
  expect(changing.filter((file) => !covered.has(file)).toSorted()).toEqual(AWAITED.toSorted())
})
