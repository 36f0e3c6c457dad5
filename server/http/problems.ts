/** The only place where a refusal meets HTTP: RFC 9457 problem+json. */
import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Refused } from '../domain/refusals.ts'
import type { AppEnv } from './env.ts'
import { PROBLEM_KINDS } from './problem-kinds.ts'
import type { ProblemKind } from './problem-kinds.ts'

/** Answers a refusal as a problem. Any other exception is a 500 that shows nothing of our inside. */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  if (error instanceof Refused) return problemOf(c, error)
  if (error instanceof HTTPException) return problemOf(c, refusalOfHttp(error))
  c.var.deps.log({
    level: 'error',
    event: 'request.crashed',
    requestId: c.var.requestId,
    route: routePath(c, -1),
    error: error.stack ?? String(error),
  })
  return answer(c, 500, {
    type: 'about:blank',
    title: 'Something broke on our side',
    code: 'server.error',
    detail: 'Try again. If it stays, write to support and name the request id.',
  })
}

export const notFound: NotFoundHandler<AppEnv> = (c) => problemOf(c, new Refused('route.not_found'))

export function problemOf(c: Context<AppEnv>, refusal: Refused): Response {
  const kind: ProblemKind = PROBLEM_KINDS[refusal.code]
  const { errors, facts, detail, retryAfterSeconds } = refusal.detail
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds))
  if (kind.status === 401) c.header('WWW-Authenticate', 'Bearer')
  return answer(c, kind.status, {
    ...facts,
    type: `${c.var.deps.config.centerOrigin}/problems/${refusal.code}`,
    title: kind.title,
    code: refusal.code,
    detail: detail ?? kind.detail,
    ...(errors === undefined ? {} : { errors }),
  })
}

function refusalOfHttp(error: HTTPException): Refused {
  if (error.status === 413) return new Refused('request.too_large')
  if (error.status === 404) return new Refused('route.not_found')
  return new Refused('request.malformed')
}

function answer(c: Context<AppEnv>, status: ContentfulStatusCode, members: object): Response {
  const problem = { ...members, status, requestId: c.var.requestId }
  return c.body(JSON.stringify(problem), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  })
}
