/** What changed on the licenses between a preview and its order: the order is refused with it. */
import type { Temporal } from 'temporal-polyfill'
import { formatInstant } from './calendar.ts'
import type { Product } from './catalogue.ts'
import { coTermObstacle } from './co-term.ts'
import type { ExtensionLine, PricedQuote } from './quote.ts'
import type { FieldError } from './refusals.ts'
import { renewalObstacle, unitsNext, type RenewableLicense } from './renewal-eligibility.ts'
import type { RenewalWords } from './renewal-words.ts'

/**
 * In sentences, each naming its line. Empty when the quote still says the truth; the price follows
 * from it, since a quote keeps its catalogue version.
 *
 * @param product  of the quote's catalogue version
 */
export function differences(
  { lines }: Pick<PricedQuote, 'lines'>,
  licenses: ReadonlyMap<string, RenewableLicense>,
  { product, at }: { product: Product; at: Temporal.Instant },
  words: RenewalWords,
): readonly FieldError[] {
  return lines.flatMap((line, index) => {
    if (line.kind === 'purchase') return []
    const license = licenses.get(line.licenseId)
    const found = license ? ofLicense(line, license, product, at, words) : [words.notFound]
    return found.map((detail) => ({ pointer: `/lines/${index}/license_id`, detail }))
  })
}

function ofLicense(
  line: ExtensionLine,
  license: RenewableLicense,
  product: Product,
  at: Temporal.Instant,
  words: RenewalWords,
): string[] {
  const { changed } = words
  const found: string[] = []
  const obstacle = obstacleOf(line, license, product, at, words)
  if (obstacle !== null) found.push(changed.obstacle(license.id, obstacle))
  const end = formatInstant(license.endsAt)
  if (end !== line.expiresAtBefore) found.push(changed.end(license.id, line.expiresAtBefore, end))
  const units = line.kind === 'renewal' ? unitsNext(license) : license.total
  if (units !== line.unitsBefore) found.push(changed.units(license.id, line.unitsBefore, units))
  const plan = line.kind === 'upgrade' ? line.planBefore : line.plan
  if (plan !== license.planId) found.push(changed.plan(license.id, plan, license.planId))
  const cycle = line.kind === 'renewal' ? line.cycleBefore : line.cycle
  if (cycle !== license.cycle) {
    found.push(changed.plan(license.id, cycle ?? '', license.cycle ?? ''))
  }
  return found
}

function obstacleOf(
  line: ExtensionLine,
  license: RenewableLicense,
  product: Product,
  at: Temporal.Instant,
  words: RenewalWords,
): string | null {
  if (license.renewalMode === null) return words.never
  if (line.kind === 'renewal' || line.kind === 'pay_per_use') {
    const reason = renewalObstacle(license, product, at)
    return reason === null ? null : words.reasons[reason]
  }
  const reason = coTermObstacle(license, product, at)
  if (reason === null) return null
  return reason === 'expired' || reason === 'whole_period' ? words[reason] : words.reasons[reason]
}
