/**
 * One process of activation-processes.test.ts: activates installations of one license, all at once.
 * Arguments: a JSON document with the database, the secrets, the moment, the key, and the fingerprints.
 * Says `ready`, waits for a line, and prints the codes.
 */
import { once } from 'node:events'
import { Temporal } from 'temporal-polyfill'
import { openDatabase } from '../../../server/db/open.ts'
import type { Deps } from '../../../server/deps.ts'
import { createNewId } from '../../../server/runtime/ids.ts'
import { importSecrets, type SecretTexts } from '../../../server/runtime/secrets.ts'
import { activateLicense } from '../../../server/usecases/activate-license.ts'

export interface Race {
  readonly url: string
  readonly secrets: SecretTexts
  readonly at: string
  readonly key: string
  readonly fingerprints: readonly string[]
}

const race: Race = JSON.parse(process.argv[2] ?? '')
const now = () => Temporal.Instant.from(race.at)
const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length))
/** What activating takes; nothing else of the application is reached. */
const deps = {
  db: await openDatabase({ url: race.url }),
  now,
  newId: createNewId(now, randomBytes),
  random: Math.random,
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  secrets: { ...(await importSecrets(race.secrets, () => null)), licenseSigner: null },
} as unknown as Deps

process.stdout.write('ready\n')
await once(process.stdin, 'data')
const checks = await Promise.all(
  race.fingerprints.map((fingerprint) =>
    activateLicense(deps, {
      key: race.key,
      product: 'vault',
      fingerprint,
      name: null,
      reference: null,
      network: null,
      entitlements: [],
      currentToken: null,
    }),
  ),
)
process.stdout.write(`${JSON.stringify(checks.map(({ code }) => code))}\n`)
deps.db.close()
process.exit(0)
