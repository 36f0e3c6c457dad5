/**
 * C01, C02, C05, P27: each request to the database of each command meets a fault, and the command is
 * given again. What it leaves is what one command leaves without any fault.
 */
import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOfDatabase } from '../../server/db/commit.ts'
import { holdWebhooks } from '../support/provider-events.ts'
import { expectInvariants } from '../support/invariants.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { codeOf, type Command, type Given } from './given.ts'
import { startHranaFor } from '../support/hrana/for-test.ts'
import type { Fate, HranaServer } from '../support/hrana/server.ts'
import { WORLDS } from './worlds.ts'

const FATES = ['reply lost', 'request lost', 'twice', 'stream expired'] as const
/** More requests than any command makes. */
const LONGEST = 40

describe.each(WORLDS)('$name', (world) => {
  let libsql: HranaServer
  let closeLibsql: () => Promise<void>
  let center: TestSystem
  beforeAll(async () => {
    libsql = await startHranaFor((close) => (closeLibsql = close))
    center = await startTestSystem({
      databaseUrl: libsql.url,
      startsAt: '2031-01-10T09:00:00Z',
      ...(world.catalogue === undefined ? {} : { catalogue: world.catalogue }),
    })
    await holdWebhooks(center.system)
  })
  afterAll(async () => {
    if (world.isSound) await expectInvariants(center.system)
    await center.remove()
    await closeLibsql()
  })

  describe.each(world.commands)('$name', (command) => {
    let smooth: Awaited<ReturnType<typeof attempt>>
    beforeAll(async () => {
      // What one source may order in an hour is limited (T12).
      center.system.clock.moveTo(center.system.clock.now().add({ hours: 2 }))
      smooth = await attempt(command, 'smooth', 'fine', 0)
      expect(smooth.first).not.toBeInstanceOf(Error)
      expect(smooth.requests).toBeGreaterThan(0)
      expect(smooth.requests).toBeLessThan(LONGEST)
    })

    it.each(FATES)('given again after a request met “%s” has its first result', async (fate) => {
      for (let request = 1; request <= smooth.requests; request++) {
        const met = await attempt(command, `${fate}-${request}`, fate, request)
        const cell = { command: command.name, fate, request }
        expect({ ...cell, left: met.left }).toEqual({ ...cell, left: smooth.left })
        expect({ ...cell, again: met.again }).toEqual({ ...cell, again: met.expected })
        const wrong = met.first instanceof Error && !isUnavailable(met.first) ? met.first : null
        expect({ ...cell, wrong }).toEqual({ ...cell, wrong: null })
      }
    })
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
  if (!(answer instanceof Error)) return false
  return refusalOfDatabase(answer) !== null || /\bdatabase\.unavailable\b/.test(answer.message)
}

function asCode(value: unknown): unknown {
  return value instanceof Error ? (codeOf(value) ?? value.message) : value
}

it('has a row for every file that changes the database', () => {
  const covered = new Set(
    WORLDS.flatMap(({ commands }) => commands.flatMap(({ covers }) => covers)),
  )
  const changing = globSync(['server/usecases/*.ts', 'server/jobs/*.ts'])
    .filter((file) => /\b(decideAndCommit|commit)\(/.test(readFileSync(file, 'utf8')))
    .map((file) => file.replace('server/', ''))
  expect(changing.length).toBeGreaterThan(8)
  expect(changing.filter((file) => !covered.has(file))).toEqual([])
})
