/** `/renew/{token}`: renew some licenses without login (S79, design section 6). */
import { Hono, type Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { currentCatalogue } from '../db/catalogue-store.ts'
import { licensesOfLink, type OpenRenewLink } from '../db/queries/renew-links.ts'
import type { Product } from '../domain/catalogue.ts'
import type { AppEnv } from '../http/env.ts'
import { respondWithPage, settingOf, type PageSetting } from '../pages/layout.tsx'
import { RenewDeskPage, RenewLinkGonePage, RenewLinkPage } from '../pages/renew-page.tsx'
import { mintRenewSession, openRenewLink } from '../usecases/renew-session.ts'

/** The element needs its script, its styles and our API, all of them from here. */
const DESK_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ['lit-html', "'allow-duplicates'"],
}

export const renew = new Hono<AppEnv>()

renew.use(
  '/renew/*',
  secureHeaders({ contentSecurityPolicy: DESK_POLICY, referrerPolicy: 'no-referrer' }),
  async (c, next) => {
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex, nofollow')
    await next()
  },
)

renew.get('/renew/:token', async (c) => {
  const found = await opened(c)
  const setting = settingOf(c)
  if (found === null) return gone(c, setting)
  const licenses = await licensesOfLink(c.var.deps.db, found.open)
  const view = {
    productName: found.product.name,
    licenses: licenses.map(({ planName, total, keyLast4, endsAt }) => ({
      name: `${planName} × ${total} (…${keyLast4})`,
      end: setting.words.renew.end(dayOf(endsAt.epochMilliseconds, found.open, setting)),
    })),
  }
  return respondWithPage(c, <RenewLinkPage setting={setting} view={view} />)
})

renew.post('/renew/:token', async (c) => {
  const found = await opened(c)
  const setting = settingOf(c)
  if (found === null) return gone(c, setting)
  const { open, product } = found
  const facts = {
    productName: product.name,
    publishableKey: product.publishable_keys[0] ?? '',
    homeUrl: product.home_url,
    token: await mintRenewSession(c.var.deps, open),
  }
  return respondWithPage(c, <RenewDeskPage setting={setting} {...facts} />)
})

interface Opened {
  readonly open: OpenRenewLink
  readonly product: Product
}

async function opened(c: Context<AppEnv>): Promise<Opened | null> {
  const { deps } = c.var
  const open = await openRenewLink(deps, c.req.param('token') ?? '')
  const catalogue = await currentCatalogue(deps.db, deps.now())
  const product = catalogue?.document.products.find(({ id }) => id === open?.link.productId)
  return open === null || product === undefined ? null : { open, product }
}

function gone(c: Context<AppEnv>, setting: PageSetting) {
  return respondWithPage(c, <RenewLinkGonePage setting={setting} />, 404)
}

function dayOf(at: number, { customer }: OpenRenewLink, { locale }: PageSetting): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: customer.zone,
  }).format(at)
}
