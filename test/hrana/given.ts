/** What a row of the matrix says about its command. */
import { eq } from 'drizzle-orm'
import { commit, type Query } from '../../server/db/commit.ts'
import { streamVersion } from '../../server/db/journal.ts'
import { journal } from '../../server/db/schema.ts'
import { Refused } from '../../server/domain/refusals.ts'
import { DR_MONTHLY, problemIn, RefusedAnswer, type Buyer, type Item } from '../support/buyer.ts'
import type { TestSystem } from '../support/system.ts'

export interface Given {
  /** Gives the command. @returns what it answered, without what may differ between two answers */
  readonly give: () => Promise<unknown>
  /** What it left behind, to be compared with what it leaves without any fault. */
  readonly left: () => Promise<unknown>
}

export interface Command {
  readonly name: string
  /** Files under `server/` that it runs through. */
  readonly covers: readonly string[]
  /** What a repeat answers when not the same: the work is seen to be done. */
  readonly repeated?: string
  readonly prepare: (center: TestSystem, name: string) => Promise<Given>
}

/** Commands that may share a system, since none looks at what another one left. */
export interface World {
  readonly name: string
  readonly commands: readonly Command[]
  /** YAML of what is sold; the demo's catalogue when absent. */
  readonly catalogue?: string
  /** Everything in it was paid for as ordered, so the invariants hold at its end. */
  readonly isSound: boolean
}

/** The code with which a repeat is refused. */
export function codeOf(error: unknown): string | null {
  if (error instanceof RefusedAnswer) return error.problem.code
  return error instanceof Refused ? error.code : null
}

/** These fields of a success. @throws RefusedAnswer */
export async function answered(
  answer: Promise<Response>,
  fields: readonly string[],
): Promise<unknown> {
  const response = await answer
  if (!response.ok) throw await refusalIn(response)
  if (fields.length === 0) return 'ok'
  const body: Record<string, unknown> = await response.json()
  return Object.fromEntries(fields.map((field) => [field, body[field]]))
}

/** Pages say it in HTML. */
async function refusalIn(response: Response): Promise<Error> {
  const isProblem = response.headers.get('Content-Type') === 'application/problem+json'
  return isProblem
    ? new RefusedAnswer(await problemIn(response), response)
    : new Error(await response.text())
}

/** Made once for each system that is asked for it. */
export function once<T>(
  make: (center: TestSystem) => Promise<T>,
): (center: TestSystem) => Promise<T> {
  const made = new WeakMap<TestSystem, Promise<T>>()
  return (center) => {
    const known = made.get(center) ?? make(center)
    made.set(center, known)
    return known
  }
}

/** What the journal gains on a stream from here on: types, oldest first. */
export async function entriesFromHere(center: TestSystem, stream: string) {
  const { db } = center.system.deps
  const before = await streamVersion(db, stream)
  return async (): Promise<readonly string[]> => {
    const rows = await db.orm.select().from(journal).where(eq(journal.stream, stream))
    return rows
      .filter(({ version }) => version > before)
      .toSorted((one, other) => one.version - other.version)
      .map(({ type }) => type)
  }
}

/** Rows as an earlier time left them. */
export async function planted({ system }: TestSystem, statements: readonly Query[]): Promise<void> {
  const { db, now } = system.deps
  const stream = 'test:planted'
  const version = (await streamVersion(db, stream)) + 1
  const entry = { stream, version, type: 'test.planted', actor: 'test', productId: null, data: {} }
  await commit(db, now(), { journal: [entry], statements })
}

export interface Purchase {
  readonly buyer: Buyer
  readonly orderId: `ord_${string}`
  readonly licenseId: `lic_${string}`
}

/** Bought, paid and delivered, by the return page: no webhook leaves here. */
export async function purchased(
  center: TestSystem,
  name: string,
  item: Item = DR_MONTHLY,
  product = 'recover',
): Promise<Purchase> {
  const buyer = center.as(product, name)
  const order = await buyer.buy(item)
  await center.pay(order)
  await returned(center, order.id)
  const [license] = (await buyer.follow(order.id)).licenses
  if (license === undefined) throw new Error(`${order.id} was not delivered`)
  return {
    buyer,
    orderId: order.id as Purchase['orderId'],
    licenseId: license as Purchase['licenseId'],
  }
}

export function returned({ system }: TestSystem, orderId: string): Promise<Response> {
  return fetch(`${system.origin}/pay/return?order=${orderId}`)
}

/** After that time the job looks again; how many it handled is not compared: a repeat finds it done. */
export async function later(
  { system: { clock, deps } }: TestSystem,
  time: { readonly seconds?: number; readonly minutes?: number },
  job: (deps: TestSystem['system']['deps']) => Promise<number>,
): Promise<unknown> {
  clock.moveTo(clock.now().add(time))
  await job(deps)
  return 'ran'
}
