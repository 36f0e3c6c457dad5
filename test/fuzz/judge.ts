/** What is wrong with an answer, whatever was asked. */
import { PROBLEM_KINDS } from '../../server/http/problem-kinds.ts'
import { INSIDE } from './corpora.ts'
import type { Answer, DescribedOperation } from './document.ts'

export interface Exchange {
  /** Null where the document describes none. */
  readonly operation: DescribedOperation | null
  readonly method: string
  /** The body that was sent, as far as it is JSON. */
  readonly sent: unknown
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly took: Took
}

export interface Took {
  /** By the clock of the wall, others' work included. */
  readonly ms: number
  /** Of all threads of this process, of whoever asked as well. */
  readonly coreMs: number
}

/** Far more than anything here needs; `wait` is never asked for as long. */
const PATIENCE_MS = 20_000
/** What no request may cost, however it is bent; a busy machine makes nothing longer here. */
const CORE_MS = 1000

/** Headers and addresses over 16 kB never reach the application. */
const REFUSED_BY_NODE = [431]

const STATUS_OF_CODE: ReadonlyMap<string, number> = new Map(
  Object.entries(PROBLEM_KINDS).map(([code, { status }]) => [code, status]),
)

/** @returns nothing for an answer that is in order */
export function faultsOf(exchange: Exchange): readonly string[] {
  const { status, text, took, headers } = exchange
  if (REFUSED_BY_NODE.includes(status) && text === '') return []
  return [
    ...(status >= 500 ? [`answered ${status}`] : []),
    ...(took.ms > PATIENCE_MS ? [`took ${Math.round(took.ms)} ms`] : []),
    ...(took.coreMs > CORE_MS ? [`took ${Math.round(took.coreMs)} ms of a core`] : []),
    ...(headers.has('x-request-id') ? [] : ['has no request id']),
    ...INSIDE.filter((inside) => inside.test(text)).map((inside) => `shows ${inside}`),
    ...(isProblem(exchange) ? problemFaults(exchange) : []),
    ...(exchange.operation === null ? [] : declarationFaults(exchange, exchange.operation)),
  ]
}

function isProblem({ headers }: Exchange): boolean {
  return headers.get('content-type') === 'application/problem+json'
}

function problemFaults({ method, status, text, headers }: Exchange): readonly string[] {
  if (method === 'HEAD') return []
  const problem: unknown = JSON.parse(text)
  const { code, requestId, type } = Object(problem)
  return [
    ...(Object(problem).status === status ? [] : ['is a problem of another status']),
    ...(STATUS_OF_CODE.get(code) === status ? [] : [`is ${status} with the code ${code}`]),
    ...(requestId === headers.get('x-request-id') ? [] : ['is a problem of another request']),
    ...(String(type).endsWith(`/problems/${code}`) ? [] : ['is a problem of an unknown type']),
    ...(headers.get('cache-control') === 'no-store' ? [] : ['is a problem that caches may keep']),
  ]
}

/** Other methods on a path of the document are not described by it. */
function declarationFaults(exchange: Exchange, operation: DescribedOperation): readonly string[] {
  const { method, status, sent, text } = exchange
  if (method !== operation.method) return []
  const answer = answerFor(exchange, operation)
  if (answer === null) return [`answered ${status} as ${exchange.headers.get('content-type')}`]
  const isAccepted = status < 400
  return [
    ...(answer.faultsOf?.(JSON.parse(text)) ?? []),
    ...(isAccepted && sent !== undefined && !operation.permits(sent)
      ? ['accepted what the document forbids']
      : []),
  ]
}

/** `default` declares problems only. */
function answerFor({ status, headers }: Exchange, { answers }: DescribedOperation): Answer | null {
  const declared = answers.get(String(status)) ?? (status >= 400 ? answers.get('default') : null)
  const [mediaType] = (headers.get('content-type') ?? '').split(';')
  return declared?.find((answer) => answer.mediaType === mediaType) ?? null
}
