/** Addresses that nothing answers: a page for people, a problem for programs. */
import type { NotFoundHandler } from 'hono'
import { accepts } from 'hono/accepts'
import type { AppEnv } from '../http/env.ts'
import { notFound } from '../http/problems.ts'
import { respondWithPage, settingOf } from '../pages/layout.tsx'
import { NotFoundPage } from '../pages/not-found-page.tsx'

const PROBLEM = 'application/problem+json'

export const answerNotFound: NotFoundHandler<AppEnv> = (c) => {
  const supports = ['text/html', PROBLEM]
  c.header('Vary', 'Accept', { append: true })
  if (accepts(c, { header: 'Accept', supports, default: PROBLEM }) === PROBLEM) return notFound(c)
  return respondWithPage(c, <NotFoundPage setting={settingOf(c)} />, 404)
}
