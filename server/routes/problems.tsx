/** `/problems` and `/problems/{code}`: what the `type` of a problem points to. */
import { Hono } from 'hono'
import { Refused } from '../domain/refusals.ts'
import type { AppEnv } from '../http/env.ts'
import { PROBLEM_KINDS } from '../http/problem-kinds.ts'
import { respondWithPage, settingOf } from '../pages/layout.tsx'
import { ProblemPage, ProblemsPage } from '../pages/problem-page.tsx'

const KINDS = Object.entries(PROBLEM_KINDS)

export const problems = new Hono<AppEnv>()

problems.get('/problems', (c) =>
  respondWithPage(c, <ProblemsPage setting={settingOf(c)} kinds={KINDS} />),
)

problems.get('/problems/:code', (c) => {
  const [code, kind] = KINDS.find(([known]) => known === c.req.param('code')) ?? []
  if (code === undefined || kind === undefined) throw new Refused('route.not_found')
  return respondWithPage(c, <ProblemPage setting={settingOf(c)} code={code} kind={kind} />)
})
