/** A libSQL server over HTTP for one test: the stand-in, or what LIBSQL_URL names (a real sqld). */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startHranaServer, type HranaOptions, type HranaServer } from './server.ts'
import { scratch } from '../scratch.ts'

export function startHrana(options: Partial<HranaOptions> = {}): Promise<HranaServer> {
  return startHranaFor(onTestFinished, options)
}

/** @param atEnd  is given what closes it: `onTestFinished`, or what `afterAll` calls for several tests */
export async function startHranaFor(
  atEnd: (close: () => Promise<void>) => void,
  options: Partial<HranaOptions> = {},
): Promise<HranaServer> {
  const directory = await mkdtemp(join(scratch(), 'license-center-hrana-'))
  const server = await startHranaServer({ file: join(directory, 'center.db'), ...options })
  atEnd(async () => {
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })
  return server
}

/** Where to speak plain libSQL: faults, and counting, are for the stand-in only. */
export async function libsqlUrl(): Promise<string> {
  return process.env['LIBSQL_URL'] ?? (await startHrana()).url
}
