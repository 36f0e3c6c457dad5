/** `/orders/{token}/receipt`: the receipt behind the private link of an order. */
import { Hono } from 'hono'
import { productAt } from '../db/catalogue-store.ts'
import { readReceipt } from '../db/queries/receipts.ts'
import type { AppEnv } from '../http/env.ts'
import { respondWithPage, settingOf } from '../pages/layout.tsx'
import { NoReceiptPage, ReceiptPage } from '../pages/receipt-page.tsx'
import { orderTokenHash } from '../usecases/order-link.ts'
import { hasReceipt, receiptView } from './receipt-view.ts'

export const receipt = new Hono<AppEnv>().get('/orders/:token/receipt', async (c) => {
  const { deps } = c.var
  const setting = settingOf(c)
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  const found = await readReceipt(deps.db, await orderTokenHash(deps, c.req.param('token')))
  if (found === null) return respondWithPage(c, <NoReceiptPage setting={setting} why="gone" />, 404)
  const { catalogueVersion, productId } = found.record.order
  const product = await productAt(deps.db, catalogueVersion, productId)
  if (!hasReceipt(found.record)) {
    return respondWithPage(c, <NoReceiptPage setting={setting} why="none" />)
  }
  const view = receiptView(product, found)
  return respondWithPage(c, <ReceiptPage setting={setting} view={view} />)
})
