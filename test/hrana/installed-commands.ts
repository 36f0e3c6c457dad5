/** Commands that installed products give, with the license key. */
import { eq } from 'drizzle-orm'
import { activations, licenses, licenseUnits } from '../../server/db/schema.ts'
import { createInstallation, type Installation, type Verb } from '../support/installation.ts'
import type { TestSystem } from '../support/system.ts'
import { once, purchased, type Command } from './given.ts'

const MONTHLY = { cycle: 'month', auto_renew: false } as const

/** One license for all attempts: each is an installation, or a reference, of its own. */
const seats = once((center) => installed(center, { plan: 'floating', quantity: 400, ...MONTHLY }))
const moves = once((center) => installed(center, { plan: 'moves', quantity: 400 }))

const OF_INSTALLATIONS: readonly Row[] = [
  { verb: 'activate', after: [] },
  { verb: 'deactivate', after: ['activate'] },
  { verb: 'heartbeat', after: ['activate'] },
]
const OF_UNITS: readonly Row[] = [
  { verb: 'activate', after: [] },
  { verb: 'consume', after: ['activate'] },
  { verb: 'release', after: ['activate'] },
]

interface Row {
  readonly verb: Verb
  /** What the installation asked before. */
  readonly after: readonly Verb[]
}

export const INSTALLED_COMMANDS: readonly Command[] = [
  ...OF_INSTALLATIONS.map(({ verb, after }): Command => ({
    name: `POST /v1/licenses/${verb}`,
    covers: ['usecases/activate-license.ts'],
    prepare: async (center, fingerprint) => {
      const { id, asks } = await seats(center)
      for (const earlier of after) await asks.ask(earlier, { fingerprint })
      // A heartbeat is stored once a quarter of its period is over.
      if (verb === 'heartbeat') moveByMinutes(center, 20)
      return {
        give: () => said(asks, verb, { fingerprint }),
        left: async () => {
          const { orm } = center.system.deps.db
          const rows = await orm.select().from(activations).where(eq(activations.licenseId, id))
          const own = rows.filter((row) => row.fingerprint === fingerprint)
          const active = rows.filter(({ state }) => state === 'active').length
          const isCounted = (await licenseOf(center, id))?.reserved === active
          return { own: own.map(({ state, version }) => ({ state, version })), isCounted }
        },
      }
    },
  })),
  ...OF_UNITS.map(({ verb, after }): Command => ({
    name: `POST /v1/licenses/${verb} of a unit`,
    covers: ['usecases/use-unit.ts'],
    prepare: async (center, reference) => {
      const { id, asks } = await moves(center)
      for (const earlier of after) await asks.ask(earlier, { reference })
      return {
        give: () => said(asks, verb, { reference }),
        left: async () => {
          const { orm } = center.system.deps.db
          const rows = await orm.select().from(licenseUnits).where(eq(licenseUnits.licenseId, id))
          const used = (wanted: string) => rows.filter(({ use }) => use === wanted).length
          const license = await licenseOf(center, id)
          return {
            own: rows.filter((row) => row.reference === reference).map(({ use }) => use),
            isCounted:
              license?.reserved === used('reserved') && license.consumed === used('consumed'),
          }
        },
      }
    },
  })),
]

async function installed(center: TestSystem, item: Parameters<typeof purchased>[2]) {
  const name = `owner-of-${JSON.stringify(item).replace(/\W+/g, '-')}`
  const { buyer, licenseId } = await purchased(center, name, item, 'vault')
  const answer = await buyer.send(`licenses/${licenseId}/reveal`, { method: 'POST' })
  const { key } = (await answer.json()) as { key: string }
  const { origin } = center.system
  return { id: licenseId, asks: createInstallation({ origin, key, product: 'vault' }) }
}

async function said(
  asks: Installation,
  verb: Verb,
  question: Parameters<Installation['ask']>[1],
): Promise<unknown> {
  const { valid, code } = await asks.ask(verb, question)
  return { valid, code }
}

async function licenseOf(center: TestSystem, id: `lic_${string}`) {
  const [row] = await center.system.deps.db.orm.select().from(licenses).where(eq(licenses.id, id))
  return row
}

function moveByMinutes({ system: { clock } }: TestSystem, minutes: number): void {
  clock.moveTo(clock.now().add({ minutes }))
}
