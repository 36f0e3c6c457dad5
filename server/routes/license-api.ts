/**
 * `/v1/licenses/{verb}` for installed products: the key is in the body, there is no CORS, and every
 * answer is a check with a code (R21). A problem only says that the question itself is malformed.
 */
import { createRoute } from '@hono/zod-openapi'
import type { Temporal } from 'temporal-polyfill'
import { LicenseQuestionBody, Validation } from '../contract/license-api.ts'
import type { Deps } from '../deps.ts'
import { parseInstant } from '../domain/calendar.ts'
import { networkOf } from '../domain/source.ts'
import { clientAddress } from '../http/client-address.ts'
import type { AppEnv } from '../http/env.ts'
import { body, json, refused } from '../http/answers.ts'
import { limitBody, requireJsonObject } from '../http/json-body.ts'
import { countKeyGuess } from '../http/key-guesses.ts'
import { createApi } from '../http/validate.ts'
import { localeOfHeader } from '../i18n/locales.ts'
import { activateLicense, deactivateLicense, keepAlive } from '../usecases/activate-license.ts'
import { checkLicense } from '../usecases/check-license.ts'
import type { LicenseCheck, LicenseQuestion } from '../usecases/check-license.ts'
import { fileForInstallation } from '../usecases/issue-file.ts'
import { rebindByKey } from '../usecases/rebind-by-key.ts'
import { useUnit } from '../usecases/use-unit.ts'
import { validationAnswer } from './validation-answer.ts'

interface Verb {
  readonly summary: string
  readonly description: string
  readonly run: (deps: Deps, question: LicenseQuestion) => Promise<LicenseCheck>
}

/** One-time licenses give a unit to a reference, all others to an installation. */
function activate(deps: Deps, question: LicenseQuestion): Promise<LicenseCheck> {
  return question.reference === null
    ? activateLicense(deps, question)
    : useUnit(deps, 'reserve', question)
}

const VERBS: Readonly<Record<string, Verb>> = {
  validate: {
    summary: 'May this installation run?',
    description: 'Changes nothing. `token` is null while `current_token` is still good.',
    run: checkLicense,
  },
  activate: {
    summary: 'Take a unit for this installation',
    description:
      'The same `fingerprint` again is the same activation. One-time licenses: reserves a unit for `reference`.',
    run: activate,
  },
  deactivate: {
    summary: 'Give the unit of this installation back',
    description:
      'Safe to repeat. A host that was activated by a code has to prove that it forgot it: `deactivation_code`.',
    run: deactivateLicense,
  },
  heartbeat: {
    summary: 'Keep a floating unit',
    description: 'At least once in each of the plan’s heartbeat periods.',
    run: keepAlive,
  },
  consume: {
    summary: 'Use up a unit of a one-time license',
    description: 'By `reference`: once each, whatever is repeated. Reserves a unit if none was.',
    run: (deps, question) => useUnit(deps, 'consume', question),
  },
  release: {
    summary: 'Give a reserved unit of a one-time license back',
    description: 'By `reference`. A unit that was used up stays used up.',
    run: (deps, question) => useUnit(deps, 'release', question),
  },
  file: {
    summary: 'Take a license file for this installation',
    description:
      '`token` is the file: it lasts as long as the license and its grace. For hosts that will not call again; the installation has to be activated.',
    run: fileForInstallation,
  },
  rebind: {
    summary: 'Take the unit of another installation',
    description:
      'For a machine that died: `fingerprint` takes the place of `activation_id`, or of the installation of the same `name`. `rebind.state` says whether it is done or an operator decides.',
    run: rebindByKey,
  },
}

export const licenseApi = createApi<AppEnv>()
licenseApi.use('*', limitBody, requireJsonObject, async (c, next) => {
  c.header('Cache-Control', 'no-store')
  await next()
})

for (const [verb, { summary, description, run }] of Object.entries(VERBS)) {
  licenseApi.openapi(
    createRoute({
      method: 'post',
      path: `/${verb}`,
      summary,
      description,
      request: { body: body(LicenseQuestionBody) },
      responses: { 200: json(Validation, 'The license as it is now'), ...refused },
    }),
    async (c) => {
      const asked = c.req.valid('json')
      const check = await run(c.var.deps, questionOf(asked, networkOf(clientAddress(c))))
      if (check.code === 'NOT_FOUND') await countKeyGuess(c)
      const locale = localeOfHeader(c.req.header('Accept-Language'))
      return c.json(validationAnswer(check, asked.nonce ?? null, locale), 200)
    },
  )
}

function questionOf(asked: LicenseQuestionBody, network: string | null): LicenseQuestion {
  const expiresAt = asked.current_token ? instantOf(asked.current_token.expires_at) : null
  return {
    key: asked.key,
    product: asked.product,
    fingerprint: asked.fingerprint ?? null,
    name: asked.name ?? null,
    reference: asked.reference ?? null,
    network,
    replaces: { activationId: asked.activation_id ?? null, email: asked.email ?? null },
    deactivationCode: asked.deactivation_code ?? null,
    entitlements: asked.entitlements ?? [],
    currentToken:
      asked.current_token && expiresAt ? { seq: asked.current_token.seq, expiresAt } : null,
  }
}

/** A date that does not exist is no token that is still good. */
function instantOf(text: string): Temporal.Instant | null {
  try {
    return parseInstant(text)
  } catch {
    return null
  }
}
