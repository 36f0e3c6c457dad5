/** C04: how long one write may wait while four processes write to one file. Printed, not asserted. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { it } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { storeOrders } from '../server/db/stored-order.ts'
import { report } from './ratio.ts'

const WRITER = fileURLToPath(new URL('../server/db/writer.ts', import.meta.url))
const COMMANDS = 1000

/** Milliseconds that each command took. */
function write(url: string, name: string): Promise<readonly number[]> {
  const args = [WRITER, url, name, '0', String(COMMANDS)]
  const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      const took = output
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [Number(line.split(' ')[1])]))
      if (code === 0 && took.length === COMMANDS) resolve(took)
      else reject(new Error(`writer ${name} ended with ${code} after ${took.length} commands`))
    })
  })
}

it.each([
  ['1 process', ['a'], 50],
  ['4 processes', ['a', 'b', 'c', 'd'], 500],
] as const)('C04: %s', async (title, names, budgetMs) => {
  const database = await createTestDatabase()
  await storeOrders(database.db, 'ord_shared', 'ord_a', 'ord_b', 'ord_c', 'ord_d')
  const took = (await Promise.all(names.map((name) => write(database.url, name)))).flat()
  await database.remove()
  const sorted = took.toSorted((a, b) => a - b)
  const p99 = sorted[Math.floor(sorted.length * 0.99)]
  report(`C04 ${title}, ${took.length} writes`, [
    ['worst stall', `${sorted.at(-1)} ms (budget ${budgetMs})`],
    ['p99', `${p99} ms`],
  ])
})
