/** Mistakes about installations, units, keys, and what backends of hosts are told. */
import type { PlantedBug } from './patches.ts'

const CHANGES = 'server/usecases/activation-changes.ts'
const TAKE = 'server/usecases/take-unit.ts'
const CALLERS = 'server/db/queries/activations.ts'
const UNITS = 'server/usecases/use-unit.ts'
const REBOUND = 'server/usecases/rebind-effects.ts'
const KEYS = 'server/usecases/change-key.ts'
const DELIVERY = 'server/jobs/deliver-webhooks.ts'
const SETTLING = 'server/usecases/settle-webhooks.ts'

export const LICENSE_BUGS: readonly PlantedBug[] = [
  {
    name: 'unit-taken-by-anybody',
    file: TAKE,
    find: `if (culled.length < missing) return null`,
    replace: `if (culled.length > missing) return null`,
    foundBy: ['C06', 'P26'],
  },
  {
    name: 'unit-not-counted',
    file: CHANGES,
    find: `reserved: license.reserved - culled.length + (takesUnit ? 1 : 0),`,
    replace: `reserved: license.reserved - culled.length,`,
    foundBy: ['C06'],
  },
  {
    name: 'unit-counted-twice',
    file: CHANGES,
    find: `const takesUnit = known.own?.state !== 'active'`,
    replace: `const takesUnit = known.license.total > 0`,
    foundBy: ['C06', 'P26'],
  },
  {
    name: 'unit-kept-at-the-end',
    file: CHANGES,
    find: `const next = { ...license, reserved: license.reserved - 1, version: license.version + 1 }`,
    replace: `const next = { ...license, version: license.version + 1 }`,
    foundBy: ['C06'],
  },
  {
    name: 'deactivated-without-end',
    file: CHANGES,
    find: `statements: [ended(deps, own, 'deactivated', at), unitsOf(deps, next)],`,
    replace: `statements: [unitsOf(deps, next)],`,
    foundBy: ['C06', 'I8'],
  },
  {
    name: 'culled-keeps-its-unit-counted',
    file: CHANGES,
    find: `reserved: license.reserved - culled.length + (takesUnit ? 1 : 0),`,
    replace: `reserved: license.reserved + (takesUnit ? 1 : 0),`,
    foundBy: ['C06', 'P26'],
  },
  {
    name: 'culled-while-alive',
    file: 'server/domain/activation.ts',
    find: `cullableAt: after(CULLED_AFTER)`,
    replace: `cullableAt: after(CULLED_AFTER / 4)`,
    foundBy: ['S85'],
  },
  {
    name: 'another-activation-each-time',
    file: CHANGES,
    find: `id: own?.id ?? deps.newId('act'),`,
    replace: `id: deps.newId('act'),`,
    foundBy: ['C07', 'P26', 'C06'],
  },
  {
    name: 'heartbeat-without-version',
    file: CHANGES,
    find: `.set({ lastSeenAt: next.lastSeenAt, version: next.version })`,
    replace: `.set({ lastSeenAt: next.lastSeenAt })`,
    foundBy: ['I8'],
  },
  {
    name: 'used-each-time-it-is-said',
    file: UNITS,
    find: `return use === null ? reserveAndConsume(license, now) : consumeUnit(license, use, now)`,
    replace: `return use === 'released' ? consumeUnit(license, use, now) : reserveAndConsume(license, now)`,
    foundBy: ['S30', 'C06', 'P26'],
  },
  {
    name: 'used-unit-given-back',
    file: 'server/domain/one-time-unit.ts',
    find: `if (use !== 'reserved') throw refused('Only a reserved unit can be given back.')`,
    replace: `if (use === null) throw refused('Only a reserved unit can be given back.')`,
    foundBy: ['S30', 'C06', 'P26'],
  },
  {
    name: 'rebound-stays-in',
    file: REBOUND,
    find: `      ended(deps, own, 'deactivated', at),\n`,
    replace: '',
    foundBy: ['C06', 'C08', 'I8'],
  },
  {
    name: 'newcomer-not-stored',
    file: REBOUND,
    find: `      storedActivation(deps, newcomer),\n`,
    replace: '',
    foundBy: ['C06', 'C08', 'P26'],
  },
  {
    name: 'rebound-without-lock',
    file: REBOUND,
    find: `deps.db.orm.update(licenses).set({ version }).where(eq(licenses.id, license.id)),`,
    replace: `deps.db.orm.update(licenses).set({ version: license.version }).where(eq(licenses.id, license.id)),`,
    foundBy: ['I8'],
  },
  {
    name: 'old-key-for-ever',
    file: CALLERS,
    find: `and(eq(licenses.previousKeyHash, keyHash), gt(licenses.previousKeyUntil, now)),`,
    replace: `eq(licenses.previousKeyHash, keyHash),`,
    foundBy: ['T15'],
  },
  {
    name: 'old-key-ends-at-once',
    file: KEYS,
    find: `previousKeyHash: license.keyHash,`,
    replace: `previousKeyHash: null,`,
    foundBy: ['T15'],
  },
  {
    name: 'overtaken-while-it-waits',
    file: 'server/db/queries/webhooks.ts',
    find: `gt(earlier.nextAt, now),`,
    replace: `gt(earlier.nextAt, now.add({ hours: 24_000 })),`,
    foundBy: ['S54'],
    stage: ['deaf-host0'],
  },
  {
    name: 'refused-counts-as-told',
    file: 'server/domain/webhook.ts',
    find: `outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300`,
    replace: `outcome.kind === 'answered'`,
    foundBy: ['S54'],
    stage: ['listener0'],
  },
  {
    name: 'first-of-each-page-not-read',
    file: DELIVERY,
    find: `const rows = entries.map((entry) => ({`,
    replace: `const rows = [...entries.slice(1), ...entries.slice(0, 0)].map((entry) => ({`,
    foundBy: ['S54', 'P26', 'crash'],
    stage: ['listener0'],
  },
  {
    name: 'given-up-at-the-first-failure',
    file: SETTLING,
    find: `const state = isDelivered(outcome) ? 'delivered' : nextAt === null ? 'failed' : 'pending'`,
    replace: `const state = isDelivered(outcome) ? 'delivered' : 'failed'`,
    foundBy: ['S54'],
    stage: ['listener0'],
  },
  {
    name: 'told-on-after-a-failure',
    file: DELIVERY,
    find: `    if (!isDelivered(outcome)) break\n`,
    replace: '',
    foundBy: ['S54'],
    stage: ['deaf-host0'],
  },
  {
    name: 'key-changed-by-each-repeat',
    file: KEYS,
    find: `    if (license.previousKeyLast4 === command.keyLast4 && previousKeyUntil !== null) {
      return { change: null, result: await answer(deps, license, previousKeyUntil) }
    }
    if (license.keyLast4 !== command.keyLast4) throw new Refused('license.key_changed')\n`,
    replace: '',
    foundBy: ['T15'],
    stage: ['mover0'],
  },
  {
    name: 'units-beyond-the-total',
    file: 'server/usecases/take-unit.ts',
    find: `return Math.max(0, license.reserved + 1 - unitsAt(license, at).total)`,
    replace: `return Math.max(0, license.reserved - unitsAt(license, at).total)`,
    foundBy: ['I4', 'P26'],
    stage: ['fleet0'],
  },
]
