/** `/v1/updates/check` for installed products: which version they may update to (S83). */
import { createRoute } from '@hono/zod-openapi'
import { Update, UpdateQuestionBody } from '../contract/releases.ts'
import type { AppEnv } from '../http/env.ts'
import { body, json, refused } from '../http/answers.ts'
import { limitBody, requireJsonObject } from '../http/json-body.ts'
import { countKeyGuess } from '../http/key-guesses.ts'
import { createApi } from '../http/validate.ts'
import { localeOfHeader } from '../i18n/locales.ts'
import { checkUpdate } from '../usecases/check-update.ts'
import { updateAnswer } from './update-answer.ts'

export const updates = createApi<AppEnv>()
updates.use('*', limitBody, requireJsonObject, async (c, next) => {
  c.header('Cache-Control', 'no-store')
  await next()
})

updates.openapi(
  createRoute({
    method: 'post',
    path: '/check',
    summary: 'Which version may this installation update to?',
    description:
      'Changes nothing. The key is in the body, there is no CORS. An expired license gets what its plan says.',
    request: { body: body(UpdateQuestionBody) },
    responses: { 200: json(Update, 'What is offered to it'), ...refused },
  }),
  async (c) => {
    const { nonce, fingerprint, ...asked } = c.req.valid('json')
    const check = await checkUpdate(c.var.deps, { ...asked, fingerprint: fingerprint ?? null })
    if (check.check.code === 'NOT_FOUND') await countKeyGuess(c)
    const locale = localeOfHeader(c.req.header('Accept-Language'))
    return c.json(updateAnswer(check, nonce ?? null, locale), 200)
  },
)
