/** What uses the licenses of the demo, so that a newcomer sees each panel filled. */
import type { Installation } from '../server/contract/installations.ts'
import type { License } from '../server/contract/licenses.ts'
import { installationDigest, registrationCode } from '../server/domain/offline-codes.ts'

export interface SeedUsage {
  /** Names of installations that call by themselves. */
  readonly hosts?: readonly string[]
  /** The names of hosts among them that gave their unit back. */
  readonly released?: readonly string[]
  /** Names of hosts without a network, activated by a code. */
  readonly offline?: readonly string[]
  /** References of one-time units: of the license that was bought, or that came free with it. */
  readonly consumed?: readonly string[]
  readonly reserved?: readonly string[]
}

/** The API as the customer sees it. */
export interface Console {
  readonly product: string
  readonly origin: string
  read<T>(path: string): Promise<T>
  send<T>(path: string, body: object): Promise<T>
}

/** @param ids  the licenses that one purchase brought */
export async function useLicenses(
  console: Console,
  ids: readonly string[],
  usage: SeedUsage,
): Promise<void> {
  const brought = await Promise.all(ids.map((id) => console.read<License>(`licenses/${id}`)))
  const shared = brought.find(({ one_time }) => !one_time)
  const single = brought.find(({ one_time }) => one_time)
  const { hosts = [], released = [], offline = [], consumed = [], reserved = [] } = usage
  if (shared !== undefined && hosts.length + offline.length > 0) {
    const ask = await installed(console, shared)
    for (const name of hosts) await ask('activate', { fingerprint: fingerprintOf(name), name })
    for (const name of released) await ask('deactivate', { fingerprint: fingerprintOf(name) })
    for (const name of offline) await activateByCode(console, shared, name)
  }
  if (single !== undefined && consumed.length + reserved.length > 0) {
    const ask = await installed(console, single)
    for (const reference of consumed) await ask('consume', { reference })
    for (const reference of reserved) await ask('activate', { reference })
  }
}

/** One is moved at once; the next one so soon after it waits for an operator (S82). */
export async function moveInstallations(console: Console): Promise<void> {
  const { data } = await console.read<{ data: License[] }>('licenses?sort=-total&type=dr')
  const [largest] = data
  if (largest === undefined) return
  const path = `licenses/${largest.id}`
  const { data: active } = await console.read<{ data: Installation[] }>(
    `${path}/activations?state=active`,
  )
  for (const name of ['replica-01', 'replica-02']) {
    const moved = active.find((installation) => installation.name === name)
    if (moved === undefined) continue
    await console.send(`${path}/rebind`, {
      activation_id: moved.id,
      fingerprint: fingerprintOf(`${name}-new`),
      name: `${name}-new`,
      reason: 'The machine is replaced.',
    })
  }
}

type Ask = (verb: string, question: object) => Promise<void>

/** An installed product, which holds the key of the license. */
async function installed({ product, origin, send }: Console, { id }: License): Promise<Ask> {
  const { key } = await send<{ key: string }>(`licenses/${id}/reveal`, {})
  return async (verb, question) => {
    const response = await fetch(`${origin}/v1/licenses/${verb}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ key, product, ...question }),
    })
    if (!response.ok) throw new Error(`${verb} answered ${response.status}`)
  }
}

async function activateByCode({ product, send }: Console, { id }: License, name: string) {
  const digest = await installationDigest(product, fingerprintOf(name))
  // Of a secret that nobody keeps: this host never gives its unit back.
  const commitment = await installationDigest(product, `secret of ${name}`)
  const code = registrationCode({ digest, commitment })
  await send(`licenses/${id}/activation-code`, { registration_code: code, name })
}

const fingerprintOf = (name: string) => `${name}.acme.example`
