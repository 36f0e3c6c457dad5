/** `product api-keys create|revoke`: secrets by which backends of hosts use the host API. */
import { createHostKey, revokeHostKey } from '../../usecases/change-host-keys.ts'
import type { CommandSpec, Given } from './command.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

const ARGS = {
  product: { type: 'positional', description: 'Product id' },
  name: { type: 'positional', description: 'For people: where it is used' },
  ...ACCOUNTABLE,
} as const

export const createApiKey: CommandSpec = {
  name: 'create',
  description: 'Make an API key for a backend; it is shown this once',
  args: ARGS,
  async run(given, shell) {
    const command = commandOf(given)
    const key = await withDeps(shell, (deps) => createHostKey(deps, command))
    const text = `${key}\nKeep it secret: it is not shown again.`
    return { data: { product: command.product, name: command.name, key }, text }
  },
}

export const revokeApiKey: CommandSpec = {
  name: 'revoke',
  description: 'Refuse an API key from now on',
  args: ARGS,
  async run(given, shell) {
    const command = commandOf(given)
    await withDeps(shell, (deps) => revokeHostKey(deps, command))
    const { product, name } = command
    return { data: { product, name }, text: `The API key ${name} of ${product} is refused now.` }
  },
}

function commandOf(given: Given) {
  return {
    product: given.required('product'),
    name: given.required('name'),
    ...accountOf(given),
  }
}
