/**
 * Whether the time of an answer tells keys apart (T10), by Welch's t over requests in random order: keys
 * that nobody has, against keys that differ from a real one in their last bits, and against keys that were
 * replaced: these hear the same. Against keys in force as well, though their answer says so itself.
 */
import { setImmediate } from 'node:timers/promises'
import { createApp } from '../../server/app.ts'
import { CROCKFORD } from '../../server/domain/gf32.ts'
import { LICENSE_KEY_BYTES, makeLicenseKey } from '../../server/domain/license-key.ts'
import { randomBytes } from '../support/secrets.ts'
import { startVault } from '../support/vault.ts'
import { post } from './check.ts'
import { okay } from './okay.ts'
import { report } from './ratio.ts'
import { cropped, welch } from './welch.ts'

/** Of each kind. */
const SAMPLES = Number(process.env['SAMPLES'] ?? 25_000)
const WARM_UP = 500
/** Of the tenth that is slowest, most was made slow by something else. */
const KEPT = 0.9

const center = await startVault()
const { deps, origin } = center.system
const [replaced, real] = [await center.bought('seats', 1), await center.bought('seats', 1)]
await replaced.owner.send(`licenses/${replaced.id}/rotate-key`, {
  body: { key_last4: replaced.key.slice(-4) },
})
// Limited, they would all be refused at once.
const limiter = { ...deps.limiter, keyGuess: async () => 0 }
const app = createApp({ ...deps, limiter })

const KEYS = {
  unknown: () => makeLicenseKey('VAULT', randomBytes(LICENSE_KEY_BYTES)),
  'alike to 120 bits': () => alike(real.key),
  replaced: () => replaced.key,
  'in force': () => real.key,
} as const
type Kind = keyof typeof KEYS
const KINDS = Object.keys(KEYS) as Kind[]
const tookMs = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]))

for (let ask = 0; ask < WARM_UP; ask++) for (const kind of KINDS) await timeOf(kind)
for (let ask = 0; ask < SAMPLES * KINDS.length; ask++) {
  const kind = KINDS[Math.floor(Math.random() * KINDS.length)] ?? 'unknown'
  tookMs.get(kind)?.push(await timeOf(kind))
}
for (const kind of KINDS.slice(1)) compareWithUnknown(kind)
await center.remove()
process.exit(0)

async function timeOf(kind: Kind): Promise<number> {
  const init = post({ key: KEYS[kind](), product: 'vault', fingerprint: 'host-a' })
  // Requests come by themselves; a loop that never ends keeps the database from freeing what it used.
  await setImmediate()
  const from = performance.now()
  await okay(app.request(`${origin}/v1/licenses/validate`, init))
  return performance.now() - from
}

function compareWithUnknown(kind: Kind): void {
  const samples = [tookMs.get('unknown') ?? [], tookMs.get(kind) ?? []]
  const [unknown = [], other = []] = samples
  const [fewer = [], others = []] = cropped(samples, KEPT)
  report(`keys: unknown, ${kind}`, [
    ['samples', `${unknown.length} and ${other.length}`],
    ['t', welch(unknown, other).toFixed(1)],
    [`t of the fastest ${KEPT * 100} %`, welch(fewer, others).toFixed(1)],
    ['aim', 'below 4.5 either way'],
  ])
}

function alike(key: string): string {
  const [prefix = '', ...groups] = key.split('-')
  const bits = [...groups.join('')]
    .slice(0, 26)
    .map((character) => CROCKFORD.indexOf(character).toString(2).padStart(5, '0'))
    .join('')
  const changed =
    bits.slice(0, 120) +
    Math.floor(Math.random() * 1024)
      .toString(2)
      .padStart(10, '0')
  const bytes = Array.from({ length: LICENSE_KEY_BYTES }, (_, byte) =>
    Number.parseInt(changed.slice(byte * 8, byte * 8 + 8).padEnd(8, '0'), 2),
  )
  return makeLicenseKey(prefix, Uint8Array.from(bytes))
}
