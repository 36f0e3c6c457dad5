/** A stream: one connection, its stored SQL texts, and the requests of its client in order. */
import { wireErrorOf, type Connection } from './connection.ts'
import { WireFailure } from './wire.ts'
import type {
  Batch,
  BatchResult,
  Condition,
  SqlText,
  StatementResult,
  StreamRequest,
  StreamResponse,
  StreamResult,
  WireError,
} from './wire.ts'

export interface Stream {
  readonly connection: Connection
  /** True after `close`: later requests are refused. */
  readonly isClosed: boolean
  /** All of them, also behind one that failed. */
  run(requests: readonly StreamRequest[]): StreamResult[]
}

export function openStream(connection: Connection): Stream {
  const texts = new Map<number, string>()
  let isClosed = false

  function textOf({ sql, sql_id }: SqlText): string {
    if ((sql ?? null) === null && (sql_id ?? null) === null) {
      throw new WireFailure('PROTO_ERROR', 'neither sql nor sql_id is given')
    }
    const text = sql ?? texts.get(sql_id ?? NaN)
    if (text === undefined) throw new WireFailure('SQL_NOT_FOUND', `no SQL text ${sql_id}`)
    return text
  }

  function respond(request: StreamRequest): StreamResponse {
    if (isClosed) throw new WireFailure('STREAM_CLOSED', 'the stream is closed')
    switch (request.type) {
      case 'close':
        isClosed = true
        return { type: 'close' }
      case 'execute': {
        const { stmt } = request
        return { type: 'execute', result: connection.execute(textOf(stmt), stmt) }
      }
      case 'batch':
        return { type: 'batch', result: runBatch(connection, request.batch, textOf) }
      case 'sequence':
        connection.runAll(textOf(request))
        return { type: 'sequence' }
      case 'describe':
        return { type: 'describe', result: connection.describe(textOf(request)) }
      case 'store_sql':
        if (texts.has(request.sql_id)) {
          throw new WireFailure('SQL_STORED', `SQL text ${request.sql_id} is taken`)
        }
        texts.set(request.sql_id, request.sql)
        return { type: 'store_sql' }
      case 'close_sql':
        texts.delete(request.sql_id)
        return { type: 'close_sql' }
    }
  }

  return {
    connection,
    get isClosed() {
      return isClosed
    },
    run: (requests) =>
      requests.map((request): StreamResult => {
        try {
          return { type: 'ok', response: respond(request) }
        } catch (error) {
          return { type: 'error', error: wireErrorOf(error) }
        }
      }),
  }
}

/** Runs each step whose condition holds; a step that fails does not end the batch. */
function runBatch(
  connection: Connection,
  { steps }: Batch,
  textOf: (text: SqlText) => string,
): BatchResult {
  const results: (StatementResult | null)[] = []
  const errors: (WireError | null)[] = []
  for (const { condition, stmt } of steps) {
    let result: StatementResult | null = null
    let error: WireError | null = null
    if (!condition || holds(condition, results, errors)) {
      try {
        result = connection.execute(textOf(stmt), stmt)
      } catch (thrown) {
        error = wireErrorOf(thrown)
      }
    }
    results.push(result)
    errors.push(error)
  }
  return { step_results: results, step_errors: errors }
}

function holds(
  condition: Condition,
  results: readonly (StatementResult | null)[],
  errors: readonly (WireError | null)[],
): boolean {
  const isTrue = (inner: Condition): boolean => holds(inner, results, errors)
  switch (condition.type) {
    case 'ok':
    case 'error': {
      if (condition.step >= results.length) {
        throw new WireFailure('BATCH_COND_BAD_STEP', `step ${condition.step} comes later`)
      }
      return (condition.type === 'ok' ? results : errors)[condition.step] !== null
    }
    case 'not':
      return !isTrue(condition.cond)
    case 'and':
      return condition.conds.every(isTrue)
    case 'or':
      return condition.conds.some(isTrue)
  }
}
