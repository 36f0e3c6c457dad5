/** What crosses the wire: the JSON of Hrana 2 over HTTP, as far as a client may send it. */
import { z } from 'zod'

/** An integer travels as text, because JSON numbers end at 2^53. */
export const Value = z.discriminatedUnion('type', [
  z.object({ type: z.literal('null') }),
  z.object({ type: z.literal('integer'), value: z.string().regex(/^-?\d{1,19}$/) }),
  z.object({ type: z.literal('float'), value: z.number() }),
  z.object({ type: z.literal('text'), value: z.string() }),
  z.object({ type: z.literal('blob'), base64: z.string() }),
])
export type Value = z.infer<typeof Value>

/** The text itself, or the number under which `store_sql` stored it. */
const sqlText = { sql: z.string().nullish(), sql_id: z.int().nullish() }
export type SqlText = { sql?: string | null | undefined; sql_id?: number | null | undefined }

export const Statement = z.object({
  ...sqlText,
  args: z.array(Value).default([]),
  named_args: z.array(z.object({ name: z.string(), value: Value })).default([]),
  want_rows: z.boolean().default(true),
})
export type Statement = z.infer<typeof Statement>

export type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and' | 'or'; conds: Condition[] }

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.object({ type: z.enum(['ok', 'error']), step: z.int().min(0) }),
    z.object({ type: z.literal('not'), cond: Condition }),
    z.object({ type: z.enum(['and', 'or']), conds: z.array(Condition) }),
  ]),
)

export const Batch = z.object({
  steps: z.array(z.object({ condition: Condition.nullish(), stmt: Statement })),
})
export type Batch = z.infer<typeof Batch>

export const StreamRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('close') }),
  z.object({ type: z.literal('execute'), stmt: Statement }),
  z.object({ type: z.literal('batch'), batch: Batch }),
  z.object({ type: z.literal('sequence'), ...sqlText }),
  z.object({ type: z.literal('describe'), ...sqlText }),
  z.object({ type: z.literal('store_sql'), sql_id: z.int(), sql: z.string() }),
  z.object({ type: z.literal('close_sql'), sql_id: z.int() }),
])
export type StreamRequest = z.infer<typeof StreamRequest>

export const Pipeline = z.object({
  baton: z.string().nullish(),
  requests: z.array(StreamRequest),
})
export type Pipeline = z.infer<typeof Pipeline>

export interface StatementResult {
  readonly cols: readonly { readonly name: string; readonly decltype: string | null }[]
  readonly rows: readonly (readonly Value[])[]
  readonly affected_row_count: number
  readonly last_insert_rowid: string | null
}

export interface WireError {
  readonly message: string
  readonly code: string
}

export interface BatchResult {
  /** Null for a step that was not run, or that failed. */
  readonly step_results: readonly (StatementResult | null)[]
  readonly step_errors: readonly (WireError | null)[]
}

export type StreamResponse =
  | { readonly type: 'close' | 'sequence' | 'store_sql' | 'close_sql' }
  | { readonly type: 'execute'; readonly result: StatementResult }
  | { readonly type: 'batch'; readonly result: BatchResult }
  | { readonly type: 'describe'; readonly result: Description }

export interface Description {
  readonly params: readonly { readonly name: string | null }[]
  readonly cols: StatementResult['cols']
  readonly is_explain: boolean
  readonly is_readonly: boolean
}

export type StreamResult =
  | { readonly type: 'ok'; readonly response: StreamResponse }
  | { readonly type: 'error'; readonly error: WireError }

/** A request that cannot be served, with the code that a client sees. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
