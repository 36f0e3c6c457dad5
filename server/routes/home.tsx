/** `/`: the start page of the License Center. */
import { Hono } from 'hono'
import { currentCatalogue } from '../db/catalogue-store.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { HomePage, type ConnectedProduct } from '../pages/home-page.tsx'
import { respondWithPage, settingOf } from '../pages/layout.tsx'

export const home = new Hono<AppEnv>().get('/', async (c) => {
  const products = await connectedProducts(c.var.deps)
  return respondWithPage(c, <HomePage setting={settingOf(c)} products={products} />)
})

/** The products of the catalogue in force; none before the first catalogue. */
async function connectedProducts({ db, now }: Deps): Promise<ConnectedProduct[]> {
  const inForce = await currentCatalogue(db, now())
  return (inForce?.document.products ?? []).map((product) => ({
    id: product.id,
    name: product.name,
    homeUrl: product.home_url,
    planNames: product.plans.filter((plan) => !plan.retired_at).map((plan) => plan.name),
  }))
}
