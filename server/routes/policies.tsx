/** `/trust`, the policy pages at their slugs, and the stylesheet of all pages. `/contact` is in contact.tsx. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/env.ts'
import { respondWithPage, settingOf } from '../pages/layout.tsx'
import { PolicyPage, TrustPage } from '../pages/policy-page.tsx'
import { policyOf } from '../pages/policy-library.ts'
import { STYLESHEET, STYLESHEET_PATH } from '../pages/stylesheet.ts'
import { POLICY_SLUGS } from '../policies/slugs.ts'

export const policies = new Hono<AppEnv>()

policies.get('/trust', (c) => respondWithPage(c, <TrustPage setting={settingOf(c)} />))

for (const slug of POLICY_SLUGS) {
  if (slug === 'contact') continue
  policies.get(`/${slug}`, (c) =>
    respondWithPage(c, <PolicyPage setting={settingOf(c)} policy={policyOf(slug)} />),
  )
}

policies.get(STYLESHEET_PATH, (c) =>
  c.body(STYLESHEET, 200, {
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
  }),
)
