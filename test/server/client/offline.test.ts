/** An installed product while the center is away: nobody who paid is stopped, nobody else runs (S67, R19, C12, C14). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LicenseClient } from '../../../server/client/license-client.ts'
import { createMachine, type Machine } from '../../support/product.ts'
import { startVault, type Vault } from '../../support/vault.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

let center: Vault
let machine: Machine
let key: string
let product: LicenseClient

beforeAll(async () => {
  center = await startVault()
})
afterAll(() => center.remove())

beforeEach(async () => {
  machine = await installed()
  product = machine.start()
  expect(await product.activate()).toMatchObject({ valid: true, code: 'VALID', notice: null })
})

/** A machine of a fresh customer. */
async function installed(): Promise<Machine> {
  key = (await center.bought('seats', 2)).key
  return machineWith({ key })
}

function machineWith(about: { key: string; fingerprint?: string }): Machine {
  return createMachine({
    center: center.system.origin,
    product: 'vault',
    fingerprint: 'host-a',
    now: () => center.system.deps.now().epochMilliseconds,
    ...about,
  })
}

/** What the product learns after a restart without a network, its clock that far ahead. */
async function later(aheadMs: number, at: Machine = machine) {
  at.isOnline = false
  at.clockOffsetMs = aheadMs
  return at.start().validate()
}

describe('a product whose center is away', () => {
  it('asks nobody until it is time to check again', async () => {
    machine.asked.length = 0
    machine.clockOffsetMs = DAY_MS - HOUR_MS
    expect(await product.validate()).toMatchObject({ valid: true, code: 'VALID', source: 'kept' })
    expect(machine.asked).toEqual([])
    machine.clockOffsetMs = DAY_MS + HOUR_MS
    expect((await product.validate()).source).toBe('center')
    expect(machine.asked[0]).toBe('/v1/licenses/validate')
  })

  it('runs for a week without it and says so, to the end of its grace and not a second longer (R19)', async () => {
    const { graceUntil } = await product.validate()
    const graceMs = Number(graceUntil) - center.system.deps.now().epochMilliseconds
    expect(graceMs).toBeGreaterThan(7.9 * DAY_MS)
    for (const day of [2, 3, 4, 5, 6, 7]) {
      const state = await later(day * DAY_MS)
      expect(state).toMatchObject({ valid: true, code: 'OFFLINE', source: 'kept', graceUntil })
      expect(state.notice).toContain(graceUntil?.toISOString().slice(0, 10))
    }
    const known = () => Number(graceUntil) - center.system.deps.now().epochMilliseconds
    expect((await later(known() - 60_000)).code).toBe('OFFLINE')
    const over = await later(known() + 60_000)
    expect(over).toMatchObject({ valid: false, code: 'OFFLINE_TOO_LONG' })
    expect(over.notice).toContain('could not be reached')
    machine.isOnline = true
    machine.clockOffsetMs = 0
    expect(await machine.start().validate()).toMatchObject({ valid: true, source: 'center' })
  })

  it('has the whole grace ahead of it after each check, not what an older token left', async () => {
    machine.clockOffsetMs = 6 * DAY_MS
    const before = await product.validate({ fresh: true })
    const token = () => JSON.parse(machine.disk.text ?? '{}').token as string
    const first = token()
    const { clock } = center.system
    clock.moveTo(clock.now().add({ hours: 48 }))
    machine.clockOffsetMs = 0
    const after = await product.validate({ fresh: true })
    expect(token()).not.toBe(first)
    expect(Number(after.graceUntil)).toBeGreaterThanOrEqual(Number(before.graceUntil) + DAY_MS)
  })

  it('stops for good at the next contact after a revocation, also when the center goes away again (R19)', async () => {
    const seats = await center.bought('seats', 1)
    const other = machineWith({ key: seats.key })
    const running = other.start()
    await running.activate()
    await center.decided(seats.id, 'revoke')
    expect((await running.validate()).code).toBe('VALID')
    other.clockOffsetMs = DAY_MS + HOUR_MS
    expect(await running.validate()).toMatchObject({ valid: false, code: 'REVOKED', license: null })
    expect(await later(DAY_MS + 2 * HOUR_MS, other)).toMatchObject({
      valid: false,
      code: 'REVOKED',
      source: 'kept',
    })
  })

  it('goes on from memory when the disk fails, and says what failed', async () => {
    const errors: unknown[] = []
    const lucky = machine.start({ onStorageError: (error) => void errors.push(error) })
    await lucky.validate({ fresh: true })
    machine.disk.isBroken = true
    machine.isOnline = false
    expect((await lucky.validate()).code).toBe('VALID')
    expect(errors).toHaveLength(1)
  })

  it('leaves a center in trouble alone, and obeys Retry-After', async () => {
    machine.clockOffsetMs = DAY_MS + HOUR_MS
    machine.asked.length = 0
    machine.answeredBy = () =>
      Response.json(
        { code: 'database.unavailable' },
        { status: 503, headers: { 'Retry-After': '120' } },
      )
    for (const second of [0, 1, 60, 119]) {
      machine.clockOffsetMs = DAY_MS + HOUR_MS + second * 1000
      expect((await product.validate()).code).toBe('OFFLINE')
    }
    expect(machine.asked).toHaveLength(1)
    machine.clockOffsetMs += 5_000
    await product.validate()
    expect(machine.asked).toHaveLength(2)
  })

  it.each([
    ['a login page', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
    ['an answer without our nonce', () => Response.json({ valid: true, code: 'VALID' })],
    ['a list', () => Response.json([])],
  ])('does not take %s for the center', async (_, answer) => {
    machine.clockOffsetMs = DAY_MS + HOUR_MS
    machine.answeredBy = answer
    expect(await product.validate()).toMatchObject({ valid: true, code: 'OFFLINE' })
  })
})

describe('a product that is cheated', () => {
  it.each([
    ['by a day', -DAY_MS],
    ['by ten minutes', -600_000],
  ])('sees a clock that was turned back %s (C14)', async (_, offsetMs) => {
    expect(await later(offsetMs)).toMatchObject({ valid: false, code: 'CLOCK_ROLLED_BACK' })
  })

  it('sees a clock turned back to a time that it has seen, and forgives five minutes', async () => {
    expect((await later(3 * DAY_MS)).code).toBe('OFFLINE')
    expect((await later(2 * DAY_MS)).code).toBe('CLOCK_ROLLED_BACK')
    expect((await later(3 * DAY_MS - 200_000)).code).toBe('OFFLINE')
  })

  it('believes the center, not its own clock, when both can be asked', async () => {
    machine.clockOffsetMs = -400 * DAY_MS
    expect(await machine.start().validate()).toMatchObject({ valid: true, source: 'center' })
    expect((await later(-400 * DAY_MS)).code).toBe('CLOCK_ROLLED_BACK')
  })

  it('does not run from a file that was copied to another machine (T05)', async () => {
    const copy = machineWith({ key, fingerprint: 'host-b' })
    copy.disk.text = machine.disk.text
    expect(await later(0, copy)).toMatchObject({ valid: false, code: 'FINGERPRINT_MISMATCH' })
  })

  it('does not run from the file of another product (T05, S86)', async () => {
    machine.isOnline = false
    const other = machine.start({ product: 'other' })
    expect(await other.validate()).toMatchObject({ valid: false, code: 'WRONG_PRODUCT' })
  })

  it('does not run from a token of which one bit was changed, whichever', async () => {
    const text = machine.disk.text ?? ''
    const { token } = JSON.parse(text) as { token: string }
    const codes = new Set<string>()
    for (let at = 0; at < token.length; at += 7) {
      machine.disk.text = text.replace(token, flipped(token, at))
      const state = await later(0)
      expect(state).toMatchObject({ valid: false, license: null })
      codes.add(state.code)
    }
    expect(codes).toContain('SIGNATURE_INVALID')
    expect([...codes].every((code) => ODD_TOKEN.has(code))).toBe(true)
  })

  it('learns nothing better from a file of which one bit was changed, wherever', async () => {
    const text = machine.disk.text ?? ''
    const honest = await later(0)
    for (let at = 0; at < text.length; at += 5) {
      machine.disk.text = flipped(text, at)
      const { valid, license, graceUntil } = await later(0)
      if (valid) expect({ license, graceUntil }).toEqual(pick(honest))
    }
  })

  it('does not take its own refusal for a license when its code is rewritten', async () => {
    const kept = JSON.parse(machine.disk.text ?? '{}') as object
    machine.disk.text = JSON.stringify({ ...kept, refusal: { code: 'VALID', notice: null } })
    expect(await later(0)).toMatchObject({ valid: false, code: 'STORE_DAMAGED' })
  })

  it('recognises an older file that was put back (C14)', async () => {
    const old = JSON.parse(machine.disk.text ?? '{}') as { token: string }
    await machineWith({ key, fingerprint: 'host-z' }).start().activate()
    await product.validate({ fresh: true })
    const kept = JSON.parse(machine.disk.text ?? '{}') as object
    machine.disk.text = JSON.stringify({ ...kept, token: old.token })
    expect(await later(0)).toMatchObject({ valid: false, code: 'TOKEN_OUTDATED' })
  })

  it('heals from a damaged file by asking', async () => {
    machine.disk.text = '{"of"'
    expect((await later(0)).code).toBe('STORE_DAMAGED')
    machine.isOnline = true
    expect(await machine.start().validate()).toMatchObject({ valid: true, source: 'center' })
    expect((await later(0)).valid).toBe(true)
  })
})

const ODD_TOKEN = new Set(['SIGNATURE_INVALID', 'UNKNOWN_KEY', 'TOKEN_INVALID', 'STORE_DAMAGED'])

function pick({ license, graceUntil }: Awaited<ReturnType<LicenseClient['validate']>>) {
  return { license, graceUntil }
}

function flipped(text: string, at: number): string {
  const changed = String.fromCharCode(text.charCodeAt(at) ^ 1)
  return text.slice(0, at) + changed + text.slice(at + 1)
}
