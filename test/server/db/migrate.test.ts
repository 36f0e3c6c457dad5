import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate, type Migration } from '../../../server/db/migrate.ts'
import { MIGRATIONS } from '../../../server/db/migrations.ts'
import { openDatabase, type Database } from '../../../server/db/open.ts'
import { withWeather, type Fate } from '../../support/faulty-client.ts'
import { AT } from './stored-order.ts'
import { scratch } from '../../support/scratch.ts'

let directory: string
let url: string
let db: Database
beforeEach(async () => {
  directory = await mkdtemp(join(scratch(), 'license-center-'))
  url = `file:${join(directory, 'center.db')}`
  db = await openDatabase({ url })
})
afterEach(async () => {
  db.close()
  await rm(directory, { recursive: true, force: true })
})

const first: Migration = { name: '0001_first', text: 'CREATE TABLE one (a TEXT); -- one\n' }
const second: Migration = { name: '0002_second', text: 'CREATE TABLE two (a TEXT);' }
const broken: Migration = {
  name: '0002_second',
  text: 'CREATE TABLE half (a TEXT); CREATE TABLE (;',
}

async function namesOf(table: string): Promise<string[]> {
  const { rows } = await db.client.execute(`SELECT name FROM ${table} ORDER BY name`)
  return rows.map((row) => String(row['name']))
}

describe('migrate()', () => {
  it('applies what is missing, in order, and only that', async () => {
    expect(await migrate(db, AT, [first])).toEqual(['0001_first'])
    expect(await migrate(db, AT, [first, second])).toEqual(['0002_second'])
    expect(await migrate(db, AT, [first, second])).toEqual([])
    const { rows } = await db.client.execute('SELECT * FROM migrations')
    expect(rows).toMatchObject([
      {
        name: '0001_first',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        applied_at: AT.epochMilliseconds,
      },
      { name: '0002_second' },
    ])
  })

  it('resumes at the migration that failed, of which nothing is left', async () => {
    const run = migrate(db, AT, [first, broken])
    await expect(run).rejects.toThrow('Migration 0002_second failed, and nothing of it is stored.')
    expect(await namesOf('sqlite_schema')).not.toContain('half')
    expect(await migrate(db, AT, [first, second])).toEqual(['0002_second'])
  })

  it('refuses an applied migration that was changed, but not for its line ends', async () => {
    await migrate(db, AT, [first])
    const windows = { ...first, text: first.text.replaceAll('\n', '\r\n') }
    expect(await migrate(db, AT, [windows])).toEqual([])
    const changed = migrate(db, AT, [{ ...first, text: `${first.text} ` }, second])
    await expect(changed).rejects.toThrow('0001_first was applied with another text')
    expect(await namesOf('migrations')).toEqual(['0001_first'])
  })

  it('refuses a migration that would come before an applied one', async () => {
    await migrate(db, AT, [second])
    const late = migrate(db, AT, [first, second])
    await expect(late).rejects.toThrow('0001_first is missing, but 0002_second is applied')
  })

  it('is safe when several processes start at once', async () => {
    const others = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ url })))
    const applied = await Promise.all([db, ...others].map((one) => migrate(one, AT, MIGRATIONS)))
    expect(applied.flat().toSorted()).toEqual(MIGRATIONS.map(({ name }) => name))
    for (const other of others) other.close()
  })

  it('leaves to the other process what that one applied in between', async () => {
    const other = await openDatabase({ url })
    const slow = withWeather(db.client, async (call): Promise<Fate> => {
      if (call === 3) await migrate(other, AT, [first, second])
      return 'fine'
    })
    expect(await migrate(slow.db, AT, [first, second])).toEqual([])
    expect(await namesOf('migrations')).toEqual(['0001_first', '0002_second'])
    other.close()
  })

  it('carries all migrations of the directory, named by number and intent', async () => {
    const files = await readdir(new URL('../../../server/db/migrations', import.meta.url))
    expect(MIGRATIONS.map(({ name }) => `${name}.sql`)).toEqual(files.toSorted())
    for (const [index, { name }] of MIGRATIONS.entries()) {
      expect(name).toMatch(/^\d{4}_[a-z]+(_[a-z]+)+$/)
      expect(Number(name.slice(0, 4))).toBe(index + 1)
    }
  })

  it('says so when the database cannot be written', async () => {
    await db.client.execute('PRAGMA query_only = 1')
    await expect(migrate(db, AT, [first])).rejects.toThrow('attempt to write a readonly database')
  })
})

describe('openDatabase()', () => {
  it('names the place that it cannot open', async () => {
    const nowhere = `file:${join(directory, 'absent', 'center.db')}`
    await expect(openDatabase({ url: nowhere })).rejects.toThrow(
      `The database ${nowhere} cannot be opened`,
    )
    await expect(openDatabase({ url: 'nonsense' })).rejects.toThrow(
      'The database nonsense cannot be opened',
    )
  })

  it('makes a file that another client can read at once', async () => {
    await migrate(db, AT, [first])
    const other = createClient({ url })
    expect((await other.execute('PRAGMA journal_mode')).rows[0]?.['journal_mode']).toBe('wal')
    other.close()
  })
})
