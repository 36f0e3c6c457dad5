import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { journal, orders } from '../../../server/db/schema.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { storeOrders } from './stored-order.ts'

const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url))
const NAMES = ['a', 'b', 'c', 'd'] as const
const COMMANDS = 500

let database: TestDatabase
let children: ChildProcess[] = []
beforeEach(async () => {
  database = await createTestDatabase()
  await storeOrders(database.db, 'ord_shared', 'ord_a', 'ord_b', 'ord_c', 'ord_d')
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  await database.remove()
})

interface Run {
  acknowledged: number
  wasKilled: boolean
}

/** Runs the commands from `first` on; with `killAfter`, `kill -9` right after that many replies. */
function runWriter(name: string, first: number, killAfter = Infinity): Promise<Run> {
  const args = [WRITER, database.url, name, String(first), String(COMMANDS)]
  const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const run: Run = { acknowledged: 0, wasKilled: false }
  let unread = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (unread + chunk.toString()).split('\n')
    unread = lines.pop() ?? ''
    run.acknowledged += lines.length
    if (run.acknowledged >= killAfter) child.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      run.wasKilled = signal === 'SIGKILL'
      if (code === 0 || run.wasKilled) resolve(run)
      else reject(new Error(`writer ${name} ended with ${code}`))
    })
  })
}

/** Starts again behind the last reply, as a client does that repeats what it has no answer to. */
async function runThrough(
  name: string,
  kills: readonly number[],
): Promise<Run & { kills: number }> {
  const total = { acknowledged: 0, wasKilled: false, kills: 0 }
  for (const killAfter of [...kills, Infinity]) {
    const run = await runWriter(name, total.acknowledged, killAfter)
    total.acknowledged += run.acknowledged
    total.kills += run.wasKilled ? 1 : 0
  }
  return total
}

/** The numbers from 1 to `count`: what gapless versions look like. */
function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

describe('four processes on one file', () => {
  it('C01 C04: store every acknowledged write once, with kill -9 among them', async () => {
    const kills: Record<string, number[]> = { a: [60, 130], c: [200] }
    const runs = await Promise.all(NAMES.map((name) => runThrough(name, kills[name] ?? [])))
    expect(runs.map((run) => run.acknowledged)).toEqual(NAMES.map(() => COMMANDS))
    expect(runs.map((run) => run.kills)).toEqual([2, 0, 1, 0])

    const entries = await database.db.orm.select().from(journal).orderBy(journal.version)
    const commands = NAMES.flatMap((name) => upTo(COMMANDS).map((n) => `${name}:${n - 1}`))
    expect(entries.map((entry) => entry.commandKey).toSorted()).toEqual(commands.toSorted())

    const rows = await database.db.orm.select().from(orders)
    for (const { id, total, version } of rows) {
      const ofOrder = entries.filter((entry) => entry.stream === `order:${id}`)
      expect(ofOrder.map((entry) => entry.version)).toEqual(upTo(version))
      expect(total).toBe(version)
    }
    expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(NAMES.length * COMMANDS)
  })
})
