/** What holds for one license at any moment: its end, its units, its open order, its next charge. */
import { Temporal } from 'temporal-polyfill'
import type { Disk } from '../world/database.ts'
import type { LicenseFacts, PeriodRow } from './facts.ts'
import { INSTALLATION_INVARIANTS } from './of-installations.ts'

export interface LicenseMoment {
  readonly now: LicenseFacts
  readonly before: LicenseFacts | null
  /** Types of the journal entries that the last write added for it. */
  readonly told: readonly string[]
  readonly nowMs: number
  readonly disk: Disk
}

/** Null when it holds, else what is wrong. */
export type LicenseInvariant = (moment: LicenseMoment) => string | null

/** After these an end may be earlier, and what was bought is no longer what is covered. */
const TAKES_BACK = ['license.refunded', 'license.charged_back']

/** I6: an expiry never becomes earlier, whatever else happens to the license. */
const neverShortened: LicenseInvariant = ({ now, before, told }) => {
  if (before === null || now.license.ends_at >= before.license.ends_at) return null
  if (told.some((type) => TAKES_BACK.includes(type))) return null
  return `${now.license.id} ends earlier after ${told.join()}`
}

/** R10: the ledger is only ever appended to. */
const ledgerOnlyGrows: LicenseInvariant = ({ now, before }) => {
  const lost = before?.ledger.find(
    (row, index) => JSON.stringify(row) !== JSON.stringify(now.ledger[index]),
  )
  return lost === undefined ? null : `entry ${lost.sequence} of ${now.license.id} was edited`
}

/** S80: who pays for a license pays alone. */
const oneOpenOrder: LicenseInvariant = ({ now: { license }, disk }) => {
  const rows = disk.all(
    `SELECT DISTINCT orders.id FROM order_lines JOIN orders ON orders.id = order_id
      WHERE license_id = ? AND state IN ('pending', 'processing', 'payable')`,
    license.id,
  )
  return rows.length <= 1 ? null : `${license.id} waits for ${rows.length} orders`
}

/** R1: from the first day on, as many months as were paid for, on the anchor. */
const monthsPaidFor: LicenseInvariant = ({ now: { license, ledger } }) => {
  const isPlain = ledger.every(({ kind }) => PLAIN.includes(kind))
  if (!isPlain || license.plan_id !== 'dr') return null
  const months = ledger.reduce((sum, row) => sum + Number(entryOf(row)['months'] ?? 0), 0)
  const start = Temporal.Instant.fromEpochMilliseconds(license.activated_at)
  const end = start.toZonedDateTimeISO(license.zone).toPlainDateTime().add({ months })
  const wanted = end.toZonedDateTime(license.zone, { disambiguation: 'later' }).epochMilliseconds
  if (license.ends_at === wanted) return null
  return `${license.id} ends ${at(license.ends_at)}, paid until ${at(wanted)}`
}
const PLAIN = [
  'purchase',
  'complimentary',
  'renewal',
  'units_granted',
  'units_added',
  'units_removed',
]

/** R5, R6: what was moved onto a day ends on it, in the last second. */
const onItsDay: LicenseInvariant = ({ now: { license, ledger } }) => {
  const last = ledger.findLast(({ kind }) => !kind.startsWith('units_'))
  if (last?.kind !== 'alignment') return null
  const { anchor } = entryOf(last) as { anchor: { day: number; time: string } }
  const end = Temporal.Instant.fromEpochMilliseconds(license.ends_at).toZonedDateTimeISO(
    license.zone,
  )
  const date = end.toPlainDate()
  const isOn = date.day === Math.min(anchor.day, date.daysInMonth)
  if (isOn && end.toPlainTime().toString() === '23:59:59') return null
  return `${license.id} ends ${end.toString()}, moved to day ${anchor.day}`
}

/** S22: units are what was granted, and added, and taken. */
const unitsOfTheLedger: LicenseInvariant = ({ now: { license, ledger } }) => {
  if (ledger.some(({ kind }) => kind === 'reversal')) return null
  const sum = ledger.reduce((units, row) => units + unitsOf(row), 0)
  return sum === license.total ? null : `${license.id} has ${license.total} units, ledger ${sum}`
}

/** R18, section 5: a charge that nobody asked for comes at most its lead before the end, once. */
const neverFarAhead: LicenseInvariant = ({ now: { license }, told, disk, nowMs }) => {
  if (!told.includes('license.renewed')) return null
  const [last] = disk.all(
    `SELECT origin FROM coverage JOIN order_lines ON order_lines.id = coverage.order_line_id
      JOIN orders ON orders.id = order_lines.order_id
      WHERE coverage.license_id = ? ORDER BY sequence DESC LIMIT 1`,
    license.id,
  )
  if (last?.['origin'] !== 'auto_renewal') return null
  const aheadDays = (license.ends_at - nowMs) / 86_400_000
  const periodDays = license['cycle'] === 'year' ? 366 : 31
  return aheadDays < periodDays + 9
    ? null
    : `${license.id} was charged ${Math.round(aheadDays)} days ahead`
}

/** Revoked is for ever: nothing charges it any more. */
const revokedIsQuiet: LicenseInvariant = ({ now: { license } }) =>
  license.revoked_at !== null && license.renewal_mode === 'auto' && license.next_charge_at !== null
    ? `${license.id} is revoked and will be charged`
    : null

/** R3: what was taken back for good is not sold on. */
const revokedIsNotRenewed: LicenseInvariant = ({ now, before }) => {
  if (before === null || before.license.revoked_at === null) return null
  const isRenewed = now.ledger.slice(before.ledger.length).some(({ kind }) => kind === 'renewal')
  return isRenewed ? `${now.license.id} was revoked, and renewed` : null
}

export const LICENSE_INVARIANTS: Readonly<Record<string, LicenseInvariant>> = {
  'I6 end never shortens': neverShortened,
  'R10 ledger only grows': ledgerOnlyGrows,
  'S80 one open order': oneOpenOrder,
  'R1 months paid for': monthsPaidFor,
  'R5 on its day': onItsDay,
  'S22 units of the ledger': unitsOfTheLedger,
  'R18 never far ahead': neverFarAhead,
  'R15 revoked is quiet': revokedIsQuiet,
  'R3 revoked is not renewed': revokedIsNotRenewed,
  ...INSTALLATION_INVARIANTS,
}

function unitsOf(row: PeriodRow): number {
  const quantity = Number(entryOf(row)['quantity'] ?? 0)
  if (row.kind === 'units_removed') return -quantity
  return row.kind === 'units_granted' || row.kind === 'units_added' ? quantity : 0
}

function entryOf({ entry }: PeriodRow): Record<string, unknown> {
  return JSON.parse(entry) as Record<string, unknown>
}

function at(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString()
}
