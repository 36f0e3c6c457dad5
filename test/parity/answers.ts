/** What a runtime answered, without what must differ between two runs: ids, instants, ports, secrets. */
import type { RuntimeName } from './runtimes.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Headers that the application decides. What a runtime adds by itself (`Date`, `Keep-Alive`) is its own. */
const HEADERS = [
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'cache-control',
  'content-disposition',
  'content-security-policy',
  'content-type',
  'idempotent-replayed',
  'location',
  'referrer-policy',
  'refresh',
  'retry-after',
  'vary',
  'www-authenticate',
  'x-content-type-options',
  'x-frame-options',
]

const VARYING: readonly (readonly [RegExp, string])[] = [
  [/http:\/\/(localhost|127\.0\.0\.1):\d+/g, 'http://here'],
  [
    /\b(quo|ord|lic|cus|oln|pay|tic|evt|pi|cs_test|bps|prod|plan|act|reb|rel|whe)_[A-Za-z0-9]{8,}/g,
    '$1_…',
  ],
  [/\b(RCVR|SHFT|STUDIO)(-[0-9A-Z]{4}){4,}/g, '$1-KEY'],
  // Positions in the journal, which grows by what each runtime was asked before.
  [/\bevt_\d+/g, 'evt_…'],
  [/\bwhsec_[\w+/=]{16,}/g, 'whsec_SECRET'],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, 'INSTANT'],
  [/\d{4}-\d{2}-\d{2}/g, 'DATE'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID'],
  [/\b[0-9a-f]{32}\b/g, 'NONCE'],
  [/\/orders\/[\w-]{43}(?=\/|")/g, '/orders/TOKEN'],
  // The key's ending, last in a line of CSV.
  [/,(no|yes),[0-9A-Z]{4}(?=\r\n|$)/g, ',$1,KEY'],
]

export async function answerOf(response: Response): Promise<Answer> {
  const text = steady(await response.text())
  const isJson = response.headers.get('Content-Type')?.includes('json') ?? false
  return {
    status: response.status,
    headers: Object.fromEntries(
      HEADERS.flatMap((name) => {
        const value = response.headers.get(name)
        return value === null ? [] : [[name, steady(value)]]
      }),
    ),
    body: isJson ? withoutChance(JSON.parse(text)) : text,
  }
}

function steady(text: string): string {
  const claims = text.replaceAll(SIGNED, (_, header, payload) => `${read(header)}.${read(payload)}`)
  return VARYING.reduce((result, [pattern, name]) => result.replace(pattern, name), claims)
}

/** A JWS: what was signed is compared, and who checks signatures is `test/conformance`. */
const SIGNED = /\b(eyJ[\w-]+)\.(eyJ[\w-]+)\.[\w-]+/g

/** As it stands within a text of JSON. */
function read(part: string): string {
  const json = Buffer.from(part, 'base64url').toString('utf8')
  return json.replaceAll('"', "'").replaceAll(/'(iat|exp|nbf|seq)':\d+/g, "'$1':TIME")
}

/** Fields that hold chance or the version of a catalogue that names its own port. */
const CHANCE = new Set([
  'version',
  'key_last4',
  'next_cursor',
  'requestId',
  'activation_code',
  // Of the demo's signing key.
  'x',
])

function withoutChance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChance)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      isChance(key, member) ? '…' : withoutChance(member),
    ]),
  )
}

/** Lines of the allocation log are numbered. */
function isChance(key: string, member: unknown): boolean {
  if (key === 'id' && typeof member === 'string') return /^\d+$/.test(member)
  return CHANCE.has(key) && member !== null
}

/** One row of the table: what each runtime answered to the same request. */
export interface Row {
  readonly request: string
  readonly answers: ReadonlyMap<RuntimeName, Answer>
}

export function parityTable(rows: readonly Row[], names: readonly RuntimeName[]): string {
  const width = Math.max(...rows.map(({ request }) => request.length)) + 2
  const line = (first: string, cells: readonly string[]) =>
    first.padEnd(width) + cells.map((cell) => cell.padEnd(16)).join('')
  return [
    line('', names),
    ...rows.map(({ request, answers }) =>
      line(
        request,
        names.map((name) => {
          const answer = answers.get(name)
          const isEqual = JSON.stringify(answer) === JSON.stringify(answers.get('node + file'))
          return answer === undefined ? '-' : `${answer.status}${isEqual ? '' : ' differs'}`
        }),
      ),
    ),
  ].join('\n')
}
