/** `product keys revoke PRODUCT KEY`: for good, within half a minute. */
import { revokeProductKey } from '../../usecases/change-product-keys.ts'
import type { CommandSpec } from './command.ts'
import { ACCOUNTABLE, accountOf, withDatabase } from './workplace.ts'

export const revokeKey: CommandSpec = {
  name: 'revoke',
  description: 'Take a key out of force for good',
  args: {
    product: { type: 'positional', description: 'Product id' },
    key: { type: 'positional', description: 'pk_…, or the kid of a host key' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const named = { product: given.required('product'), key: given.required('key') }
    const account = accountOf(given)
    const version = await withDatabase(shell, (deps) => revokeProductKey(deps, named, account))
    return {
      data: { version, revoked: named.key },
      text: `${named.key} stops working within 30 seconds and stays revoked. Take it out of the catalogue file, too.`,
    }
  },
}
