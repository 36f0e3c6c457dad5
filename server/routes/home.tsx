/** `/`: the start page of the License Center. */
import { desc } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Database } from '../db/open.ts'
import { catalogueVersions } from '../db/schema.ts'
import type { AppEnv } from '../http/env.ts'
import { HomePage, type ConnectedProduct } from '../pages/home-page.tsx'
import { respondWithPage, settingOf } from '../pages/layout.tsx'

export const home = new Hono<AppEnv>().get('/', async (c) => {
  const products = await connectedProducts(c.var.deps.db)
  return respondWithPage(c, <HomePage setting={settingOf(c)} products={products} />)
})

/** The products of the catalogue in force; none before the first catalogue. */
async function connectedProducts(db: Database): Promise<ConnectedProduct[]> {
  const [inForce] = await db.orm
    .select({ document: catalogueVersions.document })
    .from(catalogueVersions)
    .orderBy(desc(catalogueVersions.sequence))
    .limit(1)
  return (inForce?.document.products ?? []).map((product) => ({
    id: product.id,
    name: product.name,
    homeUrl: product.home_url,
    planNames: product.plans.filter((plan) => !plan.retired_at).map((plan) => plan.name),
  }))
}
