import { createClient, type Client } from '@libsql/client/web'
import { describe, expect, it, onTestFinished } from 'vitest'
import { libsqlUrl, startHrana } from '../support/hrana/for-test.ts'

function connect(url: string, authToken?: string): Client {
  const client = createClient({ url, ...(authToken === undefined ? {} : { authToken }) })
  onTestFinished(() => client.close())
  return client
}

/** A table of its own, since a server that LIBSQL_URL names outlives the test. */
async function withTable(client: Client): Promise<string> {
  const table = `t_${crypto.randomUUID().replaceAll('-', '')}`
  await client.batch(
    [`CREATE TABLE ${table} (id INTEGER PRIMARY KEY, name TEXT UNIQUE, amount REAL, data BLOB)`],
    'write',
  )
  onTestFinished(async () => void (await client.batch([`DROP TABLE IF EXISTS ${table}`], 'write')))
  return table
}

describe('libSQL over HTTP, as the official client speaks it,', () => {
  it('keeps every kind of value, integers beyond 2^53 included', async () => {
    const client = createClient({ url: await libsqlUrl(), intMode: 'bigint' })
    onTestFinished(() => client.close())
    const table = await withTable(client)
    const bytes = new Uint8Array([0, 255, 7])
    await client.batch(
      [
        {
          sql: `INSERT INTO ${table} VALUES (?, ?, ?, ?)`,
          args: [9_007_199_254_740_993n, 'Grüße 許可', 0.5, bytes],
        },
        { sql: `INSERT INTO ${table} VALUES (:id, $name, @amount, NULL)`, args: NAMED },
      ],
      'write',
    )
    const { rows, columns } = await client.execute(`SELECT * FROM ${table} ORDER BY id DESC`)
    expect(columns).toEqual(['id', 'name', 'amount', 'data'])
    const [first, second] = rows
    expect([first?.['id'], first?.['name'], first?.['amount']]).toEqual([
      9_007_199_254_740_993n,
      'Grüße 許可',
      0.5,
    ])
    expect(new Uint8Array(blobOf(first?.['data']))).toEqual(bytes)
    expect({ ...second }).toMatchObject({ id: 1n, name: 'named', amount: null, data: null })
  })

  it('counts the rows that a write changed, and answers those it returns', async () => {
    const client = connect(await libsqlUrl())
    const table = await withTable(client)
    const [inserted, returned, none] = await client.batch(
      [
        `INSERT INTO ${table} (name) VALUES ('a'), ('b')`,
        `UPDATE ${table} SET amount = 2 RETURNING id, name`,
        `DELETE FROM ${table} WHERE name = 'nobody'`,
      ],
      'write',
    )
    expect(inserted).toMatchObject({ rowsAffected: 2, lastInsertRowid: 2n })
    expect(returned?.rows.map((row) => row['name'])).toEqual(['a', 'b'])
    expect(none?.rowsAffected).toBe(0)
  })

  it('rolls a batch back whole, names the statement, and has no extended code', async () => {
    const client = connect(await libsqlUrl())
    const table = await withTable(client)
    const twice = [1, 2].map(() => `INSERT INTO ${table} (name) VALUES ('same')`)
    const failure = await client.batch(twice, 'write').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'SQLITE_CONSTRAINT', statementIndex: 1 })
    expect(String(failure)).toContain('UNIQUE constraint failed')
    expect((await client.execute(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.['n']).toBe(0)
  })

  it('refuses text that is no SQL, and serves the next call', async () => {
    const client = connect(await libsqlUrl())
    await expect(client.execute('SELEKT 1')).rejects.toMatchObject({ code: 'SQLITE_ERROR' })
    expect((await client.execute('SELECT 1 AS one')).rows[0]?.['one']).toBe(1)
  })

  it('runs several statements in one text, up to the first that fails', async () => {
    const client = connect(await libsqlUrl())
    const table = await withTable(client)
    await client.executeMultiple(
      `INSERT INTO ${table} (name) VALUES ('a'); INSERT INTO ${table} (name) VALUES ('b');`,
    )
    await expect(
      client.executeMultiple(`SELEKT; INSERT INTO ${table} (name) VALUES ('c')`),
    ).rejects.toThrow('syntax error')
    expect((await client.execute(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.['n']).toBe(2)
  })

  it('keeps a transaction over several requests, and out of sight until it is committed', async () => {
    const url = await libsqlUrl()
    const [client, other] = [connect(url), connect(url)]
    const table = await withTable(client)
    const count = async () =>
      (await other.execute(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.['n']
    const transaction = await client.transaction('write')
    await transaction.execute(`INSERT INTO ${table} (name) VALUES ('mine')`)
    const before = await count()
    await transaction.commit()
    expect([before, await count()]).toEqual([0, 1])
  })
})

const NAMED = { id: 1n, name: 'named', amount: null }

/** Guarantee: asked only for a column that holds a blob. */
function blobOf(value: unknown): ArrayBuffer {
  return value as ArrayBuffer
}

describe('the stand-in', () => {
  it('counts one round trip for a batch and one for a read', async () => {
    const server = await startHrana()
    const client = connect(server.url)
    await client.batch(['CREATE TABLE t (a)', 'INSERT INTO t VALUES (1)'], 'write')
    await client.batch(['SELECT * FROM t', 'SELECT 1'])
    await client.execute('SELECT * FROM t')
    expect(server.roundTrips()).toBe(3)
    expect(server.openStreams()).toBe(0)
  })

  it('describes a statement without running it', async () => {
    const server = await startHrana()
    const post = async (requests: object[], baton: string | null = null) => {
      const response = await fetch(`${server.url}/v2/pipeline`, {
        method: 'POST',
        body: JSON.stringify({ baton, requests }),
      })
      return { status: response.status, body: await response.json() }
    }
    await post([{ type: 'sequence', sql: 'CREATE TABLE t (a INTEGER)' }, { type: 'close' }])
    const { body } = await post([
      { type: 'store_sql', sql_id: 1, sql: 'SELECT a FROM t WHERE a = :a' },
      { type: 'describe', sql_id: 1 },
      { type: 'close_sql', sql_id: 1 },
      { type: 'describe', sql_id: 1 },
    ])
    expect(body.results[1].response.result).toEqual({
      params: [{ name: ':a' }],
      cols: [{ name: 'a', decltype: 'INTEGER' }],
      is_explain: false,
      is_readonly: true,
    })
    expect(body.results[3]).toMatchObject({ type: 'error', error: { code: 'SQL_NOT_FOUND' } })
    expect((await post([], body.baton)).body.baton).not.toBe(body.baton)
    expect(await post([], body.baton)).toMatchObject({
      status: 400,
      body: { code: 'STREAM_EXPIRED' },
    })
  })

  it('C05: forgets a stream that lies idle, and its transaction with it', async () => {
    const server = await startHrana({ streamIdleMs: 40 })
    const client = connect(server.url)
    await client.batch(['CREATE TABLE t (a)'], 'write')
    const transaction = await client.transaction('write')
    await transaction.execute('INSERT INTO t VALUES (1)')
    await expect.poll(() => server.openStreams()).toBe(0)
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'STREAM_EXPIRED' })
    expect((await client.execute('SELECT count(*) AS n FROM t')).rows[0]?.['n']).toBe(0)
  })

  it('lets nobody in without the token', async () => {
    const server = await startHrana({ authToken: 'right' })
    await expect(connect(server.url, 'wrong').execute('SELECT 1')).rejects.toThrow('who are you')
    expect((await connect(server.url, 'right').execute('SELECT 1 AS a')).rows).toHaveLength(1)
  })
})
