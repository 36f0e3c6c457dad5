/** An installed product, as it talks to the license API. Every 2xx answer is held to its schema. */
import { Validation, type LicenseQuestionBody } from '../../server/contract/license-api.ts'
import { Problem } from '../../server/contract/shared.ts'

export type Verb =
  | 'validate'
  | 'activate'
  | 'deactivate'
  | 'heartbeat'
  | 'consume'
  | 'release'
  | 'file'
  | 'rebind'
type Question = Omit<LicenseQuestionBody, 'key' | 'product'> & { readonly product?: string }

export interface Installation {
  ask(verb: Verb, question?: Question): Promise<Validation>
  /** For questions that are refused. */
  problem(verb: Verb, question?: Question): Promise<Problem>
}

export interface InstallationOptions {
  readonly origin: string
  readonly key: string
  readonly product: string
  readonly fetch?: (request: globalThis.Request) => Response | Promise<Response>
}

export function createInstallation(options: InstallationOptions): Installation {
  const { origin, key, product, fetch = globalThis.fetch } = options
  const send = async (verb: Verb, question: Question = {}) =>
    fetch(
      new globalThis.Request(`${origin}/v1/licenses/${verb}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ key, product, ...question }),
      }),
    )
  return {
    ask: async (verb, question) => {
      const response = await send(verb, question)
      const answer: unknown = await response.json()
      if (response.status !== 200) throw new Error(`${verb}: ${JSON.stringify(answer)}`)
      return Validation.parse(answer)
    },
    problem: async (verb, question) => Problem.parse(await (await send(verb, question)).json()),
  }
}
