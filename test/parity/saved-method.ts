/** An order that is paid with a saved method, as one request of the budgets. */
import { z } from 'zod'
import { DR_AUTO, DR_MONTHLY } from '../support/buyer.ts'
import { pay } from '../support/payment-page.ts'
import type { Runtime } from './runtimes.ts'

export async function savedMethod(runtime: Runtime) {
  const buyer = runtime.as('recover', 'saved')
  const first = await buyer.buy(DR_AUTO)
  await pay(first)
  await fetch(`${runtime.system.origin}/pay/return?order=${first.id}`)
  const [method] = z
    .object({ data: z.array(z.object({ id: z.string() })) })
    .parse(await (await buyer.send('payment-methods')).json()).data
  const { id, notices } = await buyer.quote(DR_MONTHLY)
  const body = {
    quote_id: id,
    notices_version: notices.version,
    payment_method: method?.id ?? 'none',
  }
  return () => buyer.send('orders', { body })
}
