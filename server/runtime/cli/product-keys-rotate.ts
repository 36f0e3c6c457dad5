/** `product keys rotate PRODUCT KEY`: a successor of the same kind; both work until one is revoked. */
import { latestCatalogue } from '../../db/catalogue-store.ts'
import { keysOf, productNamed } from '../../domain/product-keys.ts'
import { Refused } from '../../domain/refusals.ts'
import { createProductKey } from '../../usecases/change-product-keys.ts'
import type { CommandSpec } from './command.ts'
import { madeKeyData, madeKeyText, makeHostKey, makePublishableKey } from './key-making.ts'
import { ACCOUNTABLE, accountOf, withDatabase } from './workplace.ts'

export const rotateKey: CommandSpec = {
  name: 'rotate',
  description: 'Create the successor of a key; both work until the old one is revoked',
  args: {
    product: { type: 'positional', description: 'Product id' },
    key: { type: 'positional', description: 'pk_…, or the kid of a host key' },
    'secret-env': { type: 'string', description: 'HS256: the variable of the new secret' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const product = given.required('product')
    const old = given.required('key')
    const account = accountOf(given)
    const secretEnv = given.text('secret-env')
    const { made, version } = await withDatabase(shell, async (deps) => {
      const current = await latestCatalogue(deps.db)
      if (current === null) throw new Refused('catalogue.not_applied')
      const found = productNamed(current.document, product)
      if (!keysOf(found).includes(old)) throw new Refused('product_key.not_found')
      const alg = found.host_keys.find(({ kid }) => kid === old)?.alg
      const successor =
        alg === undefined
          ? makePublishableKey(product)
          : await makeHostKey(product, { alg, kid: null, secretEnv })
      const applied = await createProductKey(deps, product, successor.key, account)
      return { made: successor, version: applied }
    })
    const next = `When nobody uses ${old} any more: license-center product keys revoke ${product} ${old} --reason …`
    return {
      data: { ...madeKeyData(made, version), replaces: old },
      text: `${madeKeyText(made, product)}\n\n${next}`,
    }
  },
}
