/** Who may import whom (the law of the layout). An arrow that is not here does not exist. */
import { importsOf, type Import, type SourceFile } from './source-files.ts'

type Arrow = `${string}` | `type ${string}`

/** `type X` allows `import type` only. A folder may always import itself. */
const ARROWS: Readonly<Record<string, readonly Arrow[]>> = {
  'server/domain': [],
  'server/contract': ['server/domain'],
  'server/policies': [],
  'server/i18n': ['server/domain', 'type server/policies'],
  'server/db': ['server/domain'],
  'server/payments': ['server/domain'],
  'server/mail': ['server/domain', 'server/i18n'],
  // The schema of a problem is wire: http answers with it.
  'server/http': ['server/domain', 'server/i18n', 'server/contract', 'type server/deps.ts'],
  // i18n: the hash of the words that a customer agrees to is a fact of the order.
  'server/usecases': [
    'server/domain',
    'server/contract',
    'server/db',
    'server/i18n/notices.ts',
    'server/i18n/quote-notices.ts',
    'type server/payments/port.ts',
    'type server/payments/aftermath.ts',
    'type server/deps.ts',
  ],
  'server/pages': delivery('server/policies'),
  'server/routes': delivery('server/pages', 'server/policies'),
  'server/operator': delivery('server/pages'),
  'server/jobs': delivery(),
  // What installed products vendor: it depends on nothing of ours.
  'server/client': [],
  'server/deps.ts': ['type server'],
  'server/app.ts': ['server'],
  'server/runtime': ['server'],
  'server/vite.config.ts': [],
  'server/vite.worker.config.ts': [],
  'server/vite.client.config.ts': [],
  'widget/api': ['type server/contract'],
  'widget/i18n': [],
  'widget/styles': [],
  'widget/state': [
    'widget/api',
    'widget/i18n',
    'widget/events.ts',
    // Mistyped codes are told by their line before they are sent.
    'server/domain/offline-codes.ts',
    // Older browsers lack it, as Node 20 does.
    'server/domain/group-by.ts',
    'type server/contract',
  ],
  'widget/parts': [
    'widget/state',
    'widget/api',
    'widget/i18n',
    'widget/styles',
    'widget/events.ts',
    'widget/define.ts',
    'widget/version.ts',
    'server/domain/brand-name.ts',
    'server/domain/group-by.ts',
    'server/domain/money.ts',
    'type server/contract',
  ],
  // The elements themselves, their registration and their events.
  widget: ['widget', 'package.json', 'server/domain/money.ts', 'type server/contract'],
  // What the stand-in knows of Stripe it must not know from us.
  'demo/stripe': [],
  demo: ['demo', 'server'],
  // workerd has no files: the stand-in for libSQL over HTTP that tests use stands in here, too.
  'demo/worker-system.ts': ['demo', 'server', 'test/support/hrana'],
  test: ['test', 'server', 'widget', 'demo', 'package.json'],
}

/** Pure libraries: no clock, no network, no file system. */
const DOMAIN_PACKAGES = ['temporal-polyfill', 'zod', 'yaml']
const ROOTS = ['server/runtime', 'demo', 'test']

function delivery(...more: Arrow[]): Arrow[] {
  const below = ['usecases', 'domain', 'contract', 'http', 'i18n', 'db', 'mail']
  return [...below.map((folder) => `server/${folder}`), 'type server/deps.ts', ...more]
}

/** Each import that the law does not allow, as a sentence. */
export function unlawfulImports(file: SourceFile): string[] {
  return importsOf(file)
    .filter(
      (found) => !(found.isOwn ? mayImport(file.path, found) : mayUse(file.path, found.target)),
    )
    .map(({ target, isTypeOnly }) => `${file.path} imports ${isTypeOnly ? 'type ' : ''}${target}`)
}

function mayImport(path: string, { target, isTypeOnly }: Import): boolean {
  const zone = zoneOf(path)
  const arrows = ARROWS[zone]
  if (arrows === undefined) return false
  const isRootOnly =
    isWithin(target, 'server/runtime') && !ROOTS.some((root) => isWithin(path, root))
  if (isRootOnly) return false
  if (zone.includes('/') && isWithin(target, zone)) return true
  return arrows.some((arrow) =>
    arrow.startsWith('type ')
      ? isTypeOnly && isWithin(target, arrow.slice('type '.length))
      : isWithin(target, arrow),
  )
}

function mayUse(path: string, packageName: string): boolean {
  if (packageName === 'stripe') return isWithin(path, 'server/payments') || isWithin(path, 'test')
  if (isWithin(path, 'server/domain')) return DOMAIN_PACKAGES.includes(packageName)
  if (isWithin(path, 'server/client')) return false
  return true
}

/** The longest key of the law that the path lies in. */
function zoneOf(path: string): string {
  const zones = Object.keys(ARROWS).filter((zone) => isWithin(path, zone))
  return zones.toSorted((one, other) => other.length - one.length)[0] ?? path
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
