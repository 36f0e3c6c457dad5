/** Quotes: a price that is stored, so that checkout charges what was shown. */
import { createRoute, z } from '@hono/zod-openapi'
import { Quote, QuoteRequest } from '../contract/quotes.ts'
import { body, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { localeOfHeader } from '../i18n/locales.ts'
import { quoteSelection } from '../usecases/quote-selection.ts'
import { readQuote } from '../usecases/read-quote.ts'
import { quoteAnswer } from './quote-answer.ts'

export const quotes = createApi<WidgetEnv>()

quotes.openapi(
  createRoute({
    method: 'post',
    path: '/quotes',
    summary: 'Price a selection',
    request: { body: body(QuoteRequest) },
    responses: { 201: json(Quote, 'The stored price'), ...refused },
  }),
  async (c) => {
    const { scope, identity } = c.var.visitor
    const asker = { scope, zone: identity?.zone ?? null }
    const quote = await quoteSelection(c.var.deps, c.var, asker, c.req.valid('json'))
    const locale = localeOfHeader(c.req.header('Accept-Language'))
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
