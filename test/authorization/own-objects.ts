import type { TestSystem } from '../support/system.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import type { OwnObjects } from './rows.ts'

/** A fulfilled purchase of the customer `acme` of `recover`. */
export async function ownObjects(center: TestSystem): Promise<OwnObjects> {
  const acme = center.as('recover', 'acme')
  const quote = await acme.quote(DR_MONTHLY)
  const order = await acme.order(quote)
  await center.pay(order)
  const { licenses } = await acme.follow(order.id, 10)
  const [license] = licenses
  if (license === undefined) throw new Error('the purchase brought no license')
  const { product } = await acme.catalogue()
  const revealed = await acme.send(`licenses/${license}/reveal`, { method: 'POST' })
  const { key } = (await revealed.json()) as { key: string }
  return {
    key,
    quote: quote.id,
    order: order.id,
    license,
    notices: quote.notices.version,
    home: product.home_url,
  }
}
