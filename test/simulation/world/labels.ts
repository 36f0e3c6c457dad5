/** What statements are about, in a word or two, for traces. */
import type { InStatement } from '@libsql/client'

/** Journal entries of a write, e.g. `order.fulfilled license.issued`; else the tables. */
export function labelOf(statements: readonly InStatement[]): string {
  const entries = statements.flatMap((statement) => (isJournal(statement) ? typeOf(statement) : []))
  return [...new Set(entries.length > 0 ? entries : statements.map(tableOf))].join(' ')
}

function isJournal(statement: InStatement): boolean {
  return /^insert into "journal"/i.test(textOf(statement))
}

function typeOf(statement: InStatement): string[] {
  const values = typeof statement === 'string' ? [] : Object.values(statement.args ?? [])
  const type = values.find((value) => typeof value === 'string' && /^[a-z_]+\.[a-z_]+$/.test(value))
  return type === undefined ? [] : [String(type)]
}

function tableOf(statement: InStatement): string {
  return /\b(?:from|into|update)\s+"?(\w+)/i.exec(textOf(statement))?.[1] ?? '?'
}

function textOf(statement: InStatement): string {
  return typeof statement === 'string' ? statement : statement.sql
}
