/** What `doctor` says of one thing. */
export interface Check {
  readonly name: string
  /** `warn` lets the server start; `skipped` could not be looked at because of another one. */
  readonly status: 'ok' | 'warn' | 'fail' | 'skipped'
  readonly says: string
  readonly mend: string | null
}

export function ok(name: string, says: string): Check {
  return { name, status: 'ok', says, mend: null }
}

export function warn(name: string, says: string, mend: string): Check {
  return { name, status: 'warn', says, mend }
}

export function fail(name: string, says: string, mend: string): Check {
  return { name, status: 'fail', says, mend }
}

export function skipped(name: string, says: string): Check {
  return { name, status: 'skipped', says, mend: null }
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
