/** `product keys create PRODUCT`: a key beside the ones in use. */
import { createProductKey } from '../../usecases/change-product-keys.ts'
import type { HostKey } from '../../domain/product-keys.ts'
import { UsageError, type CommandSpec, type Given } from './command.ts'
import { madeKeyData, madeKeyText, makeHostKey, makePublishableKey } from './key-making.ts'
import { ACCOUNTABLE, accountOf, withDatabase } from './workplace.ts'

const ALGORITHMS: readonly HostKey['alg'][] = ['EdDSA', 'ES256', 'HS256']

export const createKey: CommandSpec = {
  name: 'create',
  description: 'Create a publishable key for pages, or a host key for a backend',
  args: {
    product: { type: 'positional', description: 'Product id' },
    kind: { type: 'string', description: 'publishable or host', required: true },
    alg: {
      type: 'string',
      description: `Of a host key: ${ALGORITHMS.join(', ')}`,
      default: 'EdDSA',
    },
    kid: { type: 'string', description: 'Name of a host key; made when absent' },
    'secret-env': { type: 'string', description: 'HS256: the variable that will hold the secret' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const product = given.required('product')
    const made = isHost(given)
      ? await makeHostKey(product, {
          alg: algorithmOf(given),
          kid: given.text('kid'),
          secretEnv: given.text('secret-env'),
        })
      : makePublishableKey(product)
    const account = accountOf(given)
    const version = await withDatabase(shell, (deps) =>
      createProductKey(deps, product, made.key, account),
    )
    return { data: madeKeyData(made, version), text: madeKeyText(made, product) }
  },
}

function isHost(given: Given): boolean {
  const kind = given.required('kind')
  if (kind === 'host' || kind === 'publishable') return kind === 'host'
  throw new UsageError('--kind is publishable or host.')
}

function algorithmOf(given: Given): HostKey['alg'] {
  const alg = ALGORITHMS.find((known) => known === given.text('alg'))
  if (alg === undefined) throw new UsageError(`--alg is one of ${ALGORITHMS.join(', ')}.`)
  return alg
}
