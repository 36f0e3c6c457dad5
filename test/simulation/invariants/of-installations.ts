/** What holds at any moment for the units of one license: by installation, and by reference. */
import type { Disk, Row } from '../world/database.ts'
import type { LicenseInvariant } from './of-licenses.ts'

const MINUTE_MS = 60_000
/** Of the plan `float` in `world/catalogue.ts`. */
const HEARTBEAT_MINUTES = 60

/** C06, S32: what is counted is what is there, and never more than was bought. */
const unitsAreCounted: LicenseInvariant = ({ now: { license }, disk }) => {
  const isOneTime = Number(license['one_time']) === 1
  const reserved = isOneTime
    ? unitsIn(disk, license.id, 'reserved')
    : installationsOf(disk, license.id).filter(({ state }) => state === 'active').length
  if (reserved !== license.reserved) {
    return `${license.id} counts ${license.reserved} units, ${reserved} are taken`
  }
  const consumed = unitsIn(disk, license.id, 'consumed')
  if (consumed !== license.consumed) {
    return `${license.id} counts ${license.consumed} used units, ${consumed} were used`
  }
  return null
}

/** S30: a unit that was used up stays so. */
const usedIsUsed: LicenseInvariant = ({ now, before }) =>
  before !== null && now.license.consumed < before.license.consumed
    ? `${now.license.id} had ${before.license.consumed} used units, has ${now.license.consumed}`
    : null

/** C07: an installation has one row, whatever became of it. */
const oneForEachInstallation: LicenseInvariant = ({ now: { license }, disk }) => {
  const names = installationsOf(disk, license.id).map(({ fingerprint }) => fingerprint)
  return new Set(names).size === names.length ? null : `${license.id} has an installation twice`
}

/** S85: only who was silent for two heartbeats loses its unit to another. */
const onlyTheDeadAreCulled: LicenseInvariant = ({ now: { license }, told, disk }) => {
  if (!told.includes('license.activated')) return null
  const early = installationsOf(disk, license.id).find(
    ({ state, ended_at: ended, last_seen_at: seen }) =>
      state === 'culled' && Number(ended) - Number(seen) < 2 * HEARTBEAT_MINUTES * MINUTE_MS,
  )
  return early === undefined ? null : `${early['id']} was alive, and lost its unit`
}

/** C08: after a rebind the old installation is out: it did not keep what the new one has. */
const reboundIsOut: LicenseInvariant = ({ now: { license }, told, disk }) => {
  if (!told.includes('license.rebound')) return null
  const [both] = disk.all(
    `SELECT old.id FROM rebinds JOIN activations AS old ON old.id = rebinds.activation_id
      JOIN activations AS new ON new.id = rebinds.new_activation_id
      WHERE rebinds.license_id = ? AND rebinds.state = 'approved' AND rebinds.decided_at =
        (SELECT max(decided_at) FROM rebinds WHERE license_id = ?)
      AND old.state = 'active' AND new.state = 'active'`,
    license.id,
    license.id,
  )
  return both === undefined ? null : `${both['id']} was moved, and is still in`
}

export const INSTALLATION_INVARIANTS: Readonly<Record<string, LicenseInvariant>> = {
  'C06 units are counted': unitsAreCounted,
  'S30 used is used': usedIsUsed,
  'C07 one row each': oneForEachInstallation,
  'S85 only the dead are culled': onlyTheDeadAreCulled,
  'C08 rebound is out': reboundIsOut,
}

function installationsOf(disk: Disk, licenseId: string): readonly Row[] {
  return disk.all('SELECT * FROM activations WHERE license_id = ?', licenseId)
}

function unitsIn(disk: Disk, licenseId: string, use: string): number {
  const rows = disk.all('SELECT use FROM license_units WHERE license_id = ?', licenseId)
  return rows.filter((row) => row['use'] === use).length
}
