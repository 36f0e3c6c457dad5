/** What the system has made so far, so that requests can name it: theirs, another's, or unknown. */
import { z } from 'zod'
import type { Life } from './life.ts'

const KINDS = ['quote', 'order', 'license', 'notices', 'cursor', 'endpoint'] as const
type Kind = (typeof KINDS)[number]

const PREFIXES: Readonly<Record<string, Kind>> = {
  quo: 'quote',
  ord: 'order',
  lic: 'license',
  whe: 'endpoint',
}
/** As many as a placeholder can reach back. */
const REACH = 8

/** `«order:0»` is the latest order, `«order:1»` the one before. */
export function placeholders(kind: Kind): readonly string[] {
  return Array.from({ length: REACH }, (_, index) => `«${kind}:${index}»`)
}

const Answered = z.looseObject({
  id: z.string().optional(),
  licenses: z.array(z.string()).optional(),
  data: z.array(z.looseObject({ id: z.string().optional() })).optional(),
  next_cursor: z.string().nullish(),
  notices: z.looseObject({ version: z.unknown() }).optional(),
  payment_url: z.string().nullish(),
})

export interface Pool {
  /** Remembers every id in an answer. */
  harvest(answer: unknown): void
  /** What `«live:NAME»` stands for from now on. */
  follow(life: Life): void
  /** The text with its placeholders filled in. */
  fill(text: string): string
  /** Payment pages of orders, the latest first. */
  readonly paymentPages: readonly string[]
}

export function createPool(origin: string): Pool {
  const found: Record<Kind, string[]> = {
    quote: ['quo_01h455vb4pex5vsknk084sn02q'],
    order: ['ord_01h455vb4pex5vsknk084sn02q'],
    license: ['lic_01h455vb4pex5vsknk084sn02q'],
    notices: ['0'],
    cursor: ['bm8'],
    endpoint: ['whe_01h455vb4pex5vsknk084sn02q'],
  }
  const paymentPages: string[] = []
  let followed: Life = {}
  const remember = (kind: Kind, value: string) => {
    if (!found[kind].includes(value)) found[kind].unshift(value)
  }
  const rememberId = (id: string) => {
    const kind = PREFIXES[id.slice(0, 3)]
    if (kind !== undefined) remember(kind, id)
  }
  return {
    paymentPages,
    harvest(answer) {
      const parsed = Answered.safeParse(answer)
      if (!parsed.success) return
      const { id, licenses = [], data = [], next_cursor, notices, payment_url } = parsed.data
      for (const each of [id, ...licenses, ...data.map((item) => item.id)]) {
        if (each !== undefined) rememberId(each)
      }
      if (next_cursor) remember('cursor', next_cursor)
      if (typeof notices?.version === 'string') remember('notices', notices.version)
      if (payment_url && !paymentPages.includes(payment_url)) paymentPages.unshift(payment_url)
    },
    follow: (life) => {
      followed = life
    },
    fill: (text) =>
      text
        .replaceAll('«origin»', origin)
        .replace(/«live:(\w+)»/g, (whole, name) => followed[name] ?? whole)
        .replace(/«(\w+):(\d+)»/g, (whole, name, index) => {
          const kind = KINDS.find((known) => known === name)
          return kind === undefined ? whole : (found[kind][index % found[kind].length] ?? whole)
        }),
  }
}
