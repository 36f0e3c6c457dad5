/** The backend of a product, with an API key of its own. */
import { createHostKey } from '../../server/usecases/change-host-keys.ts'
import { Problem } from '../../server/contract/shared.ts'
import type { System } from '../../demo/system.ts'

export interface HostBackend {
  readonly key: string
  send(path: string, init?: { readonly method?: string; readonly body?: object }): Promise<Response>
  /** The JSON of a success. */
  ask(path: string, body?: object): Promise<Record<string, unknown>>
  problem(path: string, body?: object): Promise<Problem>
}

let keys = 0

export async function hostOf(
  { system }: { readonly system: Pick<System, 'deps' | 'origin'> },
  product: string,
): Promise<HostBackend> {
  const name = `backend-${++keys}`
  const account = { actor: 'operator:mia', reason: 'A test.' }
  const key = await createHostKey(system.deps, { product, name, ...account })
  const send: HostBackend['send'] = (path, { method, body } = {}) =>
    fetch(`${system.origin}/v1/host/${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    key,
    send,
    ask: async (path, body) => {
      const response = await send(path, body === undefined ? {} : { body })
      const text = await response.text()
      if (!response.ok) throw new Error(`${path}: ${text}`)
      return JSON.parse(text) as Record<string, unknown>
    },
    problem: async (path, body) =>
      Problem.parse(await (await send(path, body === undefined ? {} : { body })).json()),
  }
}
