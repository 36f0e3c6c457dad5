import { LibsqlBatchError, LibsqlError } from '@libsql/client'
import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { failedStatement, failureOf, isRepeatableRead } from '../../../server/db/failures.ts'

const coded = (code: string, message = 'no matter', extended?: string) =>
  new LibsqlError(message, code, extended)

describe('failureOf()', () => {
  it.each([
    { error: coded('SQLITE_CONSTRAINT', '', 'SQLITE_CONSTRAINT_UNIQUE'), is: 'conflict' },
    { error: coded('SQLITE_CONSTRAINT', '', 'SQLITE_CONSTRAINT_PRIMARYKEY'), is: 'conflict' },
    { error: coded('SQLITE_CONSTRAINT', 'CHECK constraint failed: is_met = 1'), is: 'conflict' },
    {
      error: coded('SQLITE_CONSTRAINT', 'SQLite error: UNIQUE constraint failed: a.b'),
      is: 'conflict',
    },
    { error: coded('SQLITE_CONSTRAINT', 'FOREIGN KEY constraint failed'), is: 'fault' },
    { error: coded('SQLITE_CONSTRAINT', 'NOT NULL constraint failed: a.b'), is: 'fault' },
    { error: coded('SQLITE_READONLY'), is: 'fault' },
    { error: coded('SQLITE_FULL'), is: 'fault' },
    { error: coded('SQLITE_ERROR', 'no such table: UNIQUE constraint failed'), is: 'fault' },
    { error: coded('SQLITE_BUSY'), is: 'busy' },
    { error: coded('SQLITE_BUSY_SNAPSHOT'), is: 'busy' },
    { error: coded('CLIENT_CLOSED'), is: 'busy' },
    { error: coded('TRANSACTION_CLOSED'), is: 'busy' },
    { error: coded('STREAM_EXPIRED'), is: 'unknown' },
    { error: coded('TRANSACTION_TIMEOUT'), is: 'unknown' },
    { error: coded('HRANA_CLOSED_ERROR'), is: 'unknown' },
    { error: coded('SERVER_ERROR', 'Server returned HTTP status 502'), is: 'unknown' },
    { error: new TypeError('fetch failed'), is: 'unknown' },
    { error: new Error('Network connection lost.'), is: 'unknown' },
    { error: new DOMException('took too long', 'TimeoutError'), is: 'unknown' },
    { error: new DrizzleQueryError('select 1', [], coded('SQLITE_BUSY')), is: 'busy' },
  ])('C05: calls $error $is', ({ error, is }) => {
    expect(failureOf(error)).toBe(is)
  })
})

describe('isRepeatableRead()', () => {
  it.each([
    { error: new DrizzleQueryError('select 1', [], new TypeError('fetch failed')), may: true },
    { error: coded('SQLITE_BUSY'), may: true },
    { error: coded('SQLITE_CORRUPT'), may: false },
    { error: new TypeError('fetch failed'), may: false },
    { error: Object.assign(new Error('provider'), { code: 'ECONNRESET' }), may: false },
  ])('$error: $may', ({ error, may }) => {
    expect(isRepeatableRead(error)).toBe(may)
  })
})

describe('failedStatement()', () => {
  it('tells which statement of a batch it was, where there is one', () => {
    expect(failedStatement(new LibsqlBatchError('no', 3, 'SQLITE_CONSTRAINT'))).toBe(3)
    expect(failedStatement(coded('SQLITE_BUSY'))).toBe(null)
  })
})
