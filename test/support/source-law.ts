/** What code must not do, and how files must look; each rule answers with sentences. */
import { actsOf, type SourceFile } from './source-files.ts'

const LINES_MAX = 250
const FORBIDDEN_NAMES = /^(common|misc|types?|manager|service|index)$|(^|[-.])(utils?|helpers?)$/
const ALLOWED_INDEX = 'widget/index.ts'
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/

/** Time, chance and environment enter through `deps`, so that every run can be repeated. */
const AMBIENT = new Set([
  'Date.now',
  'new Date()',
  'Date()',
  'Math.random',
  'performance.now',
  'process.env',
  'import.meta.env',
])
const AMBIENT_MEMBER = /^(globalThis\.)?(Temporal\.Now\b|crypto\.(getRandomValues|randomUUID)$)/
const AMBIENT_CALL = /(^|\.)(randomBytes|randomUUID|randomInt)\(\)$/
/** Jitter, and time that has passed. What time it is, the server says (`now` in its answers). */
const WIDGET_MAY = new Set(['Math.random', 'performance.now'])
/** The composition roots, that of the client in installed products too, and the folder that speaks with the provider. */
const ROOTS = /^server\/((runtime|payments)\/|client\/surroundings\.ts$)/

export function ambientActs(file: SourceFile): string[] {
  if (!/^(server|widget)\//.test(file.path) || ROOTS.test(file.path)) return []
  const isWidget = file.path.startsWith('widget/')
  return actsOf(file)
    .filter((act) => AMBIENT.has(act) || AMBIENT_MEMBER.test(act) || AMBIENT_CALL.test(act))
    .filter((act) => !act.startsWith('deps.') && !(isWidget && WIDGET_MAY.has(act)))
    .map((act) => `${file.path}: ${act}`)
}

/**
 * One batch per change: no interactive transaction, no statement past `server/db`, no raw SQL.
 * `orm.batch()` is free: the handle that use cases and routes get only reads.
 */
export function unsafeDatabaseActs(file: SourceFile): string[] {
  if (!/^(server|demo)\//.test(file.path)) return []
  const isDatabase = file.path.startsWith('server/db/')
  return actsOf(file)
    .filter(
      (act) =>
        act.endsWith('.transaction()') ||
        act === 'sql.raw()' ||
        (!isDatabase && /(\.(execute|executeMultiple)|\bclient\.(batch|migrate))\(\)$/.test(act)),
    )
    .map((act) => `${file.path}: ${act}`)
}

const NETWORK = /^((globalThis|window|self)\.)?(fetch\(\)|navigator\.sendBeacon\(\))$/
const NETWORK_OBJECTS = /^new (XMLHttpRequest|EventSource|WebSocket)\(/

/** One client object speaks with the server; elements and state ask it. */
export function strayRequests(file: SourceFile): string[] {
  if (!file.path.startsWith('widget/') || file.path === 'widget/api/client.ts') return []
  return actsOf(file)
    .filter((act) => NETWORK.test(act) || NETWORK_OBJECTS.test(act))
    .map((act) => `${file.path}: ${act}`)
}

export function longFiles(file: SourceFile): string[] {
  const lines = file.text.replace(/\n$/, '').split('\n').length
  return lines > LINES_MAX ? [`${file.path}: ${lines} lines`] : []
}

/** A name says what is inside; `widget/index.ts` is the only barrel. */
export function forbiddenNames(file: SourceFile): string[] {
  const name =
    file.path
      .split('/')
      .at(-1)
      ?.replace(/\.[a-z]+$/, '') ?? ''
  const isForbidden = FORBIDDEN_NAMES.test(name) && file.path !== ALLOWED_INDEX
  return isForbidden || !KEBAB_CASE.test(name) ? [file.path] : []
}

/** A test that is left out, or alone, proves nothing about the rest. */
export function leftOutTests(file: SourceFile): string[] {
  return actsOf(file)
    .filter((act) => /^(describe|it|test)(\.\w+)*\.(only|skip|todo|fails)(\.each)?\(\)/.test(act))
    .map((act) => `${file.path}: ${act}`)
}
