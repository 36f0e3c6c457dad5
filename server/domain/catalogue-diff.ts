/** What one catalogue changes about another, said by names instead of positions. */
import type { CatalogueDocument } from './catalogue.ts'

export interface CatalogueChange {
  /** e.g. `products[recover].plans[dr].prices[USD/month].unit_amount`. */
  readonly path: string
  /** Absent where the next document adds it. */
  readonly from?: unknown
  /** Absent where the next document leaves it out. */
  readonly to?: unknown
}

/** In the order of the first document, then what the second one adds. Empty when they sell the same. */
export function catalogueDiff(
  current: CatalogueDocument,
  next: CatalogueDocument,
): readonly CatalogueChange[] {
  const before = leavesOf(current)
  const after = leavesOf(next)
  const paths = [...before.keys(), ...[...after.keys()].filter((path) => !before.has(path))]
  return paths
    .filter((path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)))
    .map((path) => ({
      path,
      ...(before.has(path) ? { from: before.get(path) } : {}),
      ...(after.has(path) ? { to: after.get(path) } : {}),
    }))
}

/** `~ path: 7500 → 8000`, `+ path: 1`, `- path: 1`. */
export function changeText(change: CatalogueChange): string {
  const from = JSON.stringify(change.from)
  const to = JSON.stringify(change.to)
  if (!('from' in change)) return `+ ${change.path}: ${to}`
  if (!('to' in change)) return `- ${change.path}: ${from}`
  return `~ ${change.path}: ${from} → ${to}`
}

function leavesOf(value: unknown): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>()
  collect(value, '', leaves)
  return leaves
}

function collect(value: unknown, path: string, leaves: Map<string, unknown>): void {
  if (Array.isArray(value) && value.some(isRecord)) {
    const names = value.map(nameOf)
    for (const [index, name] of names.entries()) {
      const before = names.slice(0, index).filter((other) => other === name).length
      collect(value[index], `${path}[${before === 0 ? name : `${name}#${before + 1}`}]`, leaves)
    }
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      collect(item, path === '' ? key : `${path}.${key}`, leaves)
    }
  } else {
    leaves.set(path, value)
  }
}

/** What people call an item of a list; its position where it has no name. */
function nameOf(item: unknown, index: number): string {
  if (!isRecord(item)) return String(index)
  const name = item['id'] ?? item['code'] ?? item['kid'] ?? item['plan'] ?? item['from']
  if (name !== undefined) return String(name)
  const price = [item['currency'], item['cycle']].filter((part) => part !== undefined)
  return price.length > 0 ? price.join('/') : String(index)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
