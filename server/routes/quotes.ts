/** Quotes: a price that is stored, so that checkout charges what was shown. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Quote, QuoteRequest } from '../contract/quotes.ts'
import { body, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { localeOfHeader } from '../i18n/locales.ts'
import type { Locale } from '../i18n/locales.ts'
import { quoteExtension } from '../usecases/quote-extension.ts'
import { quoteSelection } from '../usecases/quote-selection.ts'
import type { StoredQuote } from '../usecases/store-quote.ts'
import { readQuote } from '../usecases/read-quote.ts'
import { quoteAnswer } from './quote-answer.ts'

export const quotes = createApi<WidgetEnv>()

quotes.openapi(
  createRoute({
    method: 'post',
    path: '/quotes',
    summary: 'Price a selection, or renewals, added units or upgrades',
    description:
      'What is chosen by `items` may be priced by anybody; licenses only for their customer.',
    request: { body: body(QuoteRequest) },
    responses: { 201: json(Quote, 'The stored price'), ...refused },
  }),
  async (c) => {
    const locale = localeOfHeader(c.req.header('Accept-Language'))
    const quote = await quoteOf(c, c.req.valid('json'), locale)
    return c.json(await quoteAnswer(c.var.deps, c.var.product, quote, locale), 201)
  },
)

quotes.openapi(
  createRoute({
    method: 'get',
    path: '/quotes/{id}',
    summary: 'Read a quote again',
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: json(Quote, 'The stored price'), ...refused },
  }),
  async (c) => {
    const { product, visitor, deps } = c.var
    const quote = await readQuote(deps, product.id, visitor.scope, c.req.valid('param').id)
    const locale = localeOfHeader(c.req.header('Accept-Language'))
    return c.json(await quoteAnswer(deps, product, quote, locale), 200)
  },
)

function quoteOf(
  c: Context<WidgetEnv>,
  { items, ...request }: QuoteRequest,
  locale: Locale,
): Promise<StoredQuote> {
  const { deps } = c.var
  if (items === undefined) {
    const { scope } = customerOf(c, 'buy')
    return quoteExtension(deps, c.var, { scope, locale }, request)
  }
  const { scope, identity } = c.var.visitor
  return quoteSelection(deps, c.var, { scope, zone: identity?.zone ?? null }, { ...request, items })
}
