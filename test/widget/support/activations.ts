/** A center whose first license is used by installations, and what a customer sees of it. */
import type { Allocation } from '../../../server/contract/allocations.ts'
import type { Installation, Rebind, Unit } from '../../../server/contract/installations.ts'
import {
  customerCode,
  deactivationCode,
  grantCode,
  registrationCode,
} from '../../../server/domain/offline-codes.ts'
import type { License } from '../../../server/contract/licenses.ts'
import type { LicenseManager } from '../../../widget/license-manager.ts'
import type { answer, Call } from './fake-center.ts'
import { NOW } from './licenses.ts'
import { eventually, find } from './mount.ts'
import { findAll, openCenter, openManager, required } from './open-manager.ts'
import { TWELVE } from './twelve-licenses.ts'

const BYTES = '5a'.repeat(10)
const OTHER = 'c3'.repeat(10)
export const REGISTRATION = registrationCode({ digest: BYTES, commitment: OTHER })
export const DEACTIVATION = deactivationCode(BYTES, OTHER)
export const CUSTOMER = customerCode(BYTES)
export const GRANT = grantCode(BYTES)

function withTotal(plan: string, total: number): License {
  const found = TWELVE.find((license) => license.plan === plan && license.total === total)
  if (found === undefined) throw new Error(`no ${plan} license of ${total} units`)
  return found
}

/** The same code with one character of its second line changed. */
export const MISTYPED = REGISTRATION.replace(/.$/, (last) => (last === '0' ? '1' : '0'))

/** Of 120 units, 96 in use. */
export const SHARED = withTotal('dr', 120)
/** One-time: of 120 units 14 in use. */
export const SINGLE: License = { ...withTotal('failback', 120), reserved: 4, consumed: 10 }

export function anInstallation(given: Partial<Installation> = {}): Installation {
  return {
    id: 'act_01',
    name: 'db-01',
    fingerprint: 'db-01.example',
    offline: false,
    state: 'active',
    activated_at: '2026-11-01T08:30:00Z',
    last_seen_at: '2026-11-21T09:30:00Z',
    ended_at: null,
    rebind: null,
    ...given,
  }
}

export function aRebind(given: Partial<Rebind> = {}): Rebind {
  return {
    id: 'reb_01',
    state: 'requested',
    activation_id: 'act_01',
    new_activation_id: null,
    fingerprint: 'db-09.example',
    name: 'db-09',
    score: 100,
    reasons: ['cooldown', 'recently_seen'],
    requested_at: '2026-11-20T10:00:00Z',
    decided_at: null,
    ...given,
  }
}

export function anEntry(given: Partial<Allocation> = {}): Allocation {
  return {
    id: '1',
    at: '2026-11-20T10:00:00Z',
    license_id: SHARED.id,
    plan_name: 'DR License',
    event: 'activated',
    kind: 'unit',
    who: 'db-01',
    fingerprint: 'db-01.example',
    reference: null,
    in_use: 1,
    by: 'installation',
    reason: null,
    ...given,
  }
}

export const page = <Row>(data: readonly Row[], more: object = {}) => ({
  data,
  next_cursor: null,
  count: data.length,
  now: NOW,
  ...more,
})

export const UNITS: readonly Unit[] = [
  { reference: 'vm-3', use: 'released', reserved_at: NOW, ended_at: NOW },
  { reference: 'vm-2', use: 'consumed', reserved_at: NOW, ended_at: NOW },
  { reference: 'vm-1', use: 'reserved', reserved_at: NOW, ended_at: null },
]

type Answers = Parameters<typeof answer>[0]

/** The manager with the sheet of that license open. */
export async function openLicense(
  license: License = SHARED,
  more: Answers = {},
  attributes = `type="${license.type}"`,
): Promise<LicenseManager> {
  const of = (path: string) => `licenses/${license.id}/${path}`
  openCenter([license], {
    [`GET licenses/${license.id}`]: license,
    [`GET ${of('activations')}`]: page([anInstallation()]),
    [`GET ${of('units')}`]: page(UNITS, { total: 120, reserved: 4, consumed: 10, left: 106 }),
    'GET allocations': page([anEntry()]),
    ...Object.fromEntries(
      Object.entries(more).map(([key, value]) => [
        key.replace('{id}', `licenses/${license.id}`),
        value,
      ]),
    ),
  })
  const manager = await openManager(attributes)
  required(manager, '.open').click()
  await eventually(() => find(manager, '.facts'), 'the panel opens')
  return manager
}

/** @param shows  what is there once the tab is */
export async function openTab(manager: Element, tab: string, shows: string): Promise<HTMLElement> {
  required(required(manager, 'license-panel'), `#tab-${tab}`).click()
  return eventually(() => seek(manager, shows), `${shows} appears`)
}

/** @param selector  tag of an element, a blank, and what is sought inside it */
export function seek<T extends Element = HTMLElement>(root: Element, selector: string): T | null {
  const [tag = '', ...rest] = selector.split(' ')
  const element = find<T>(root, tag)
  return element === null || rest.length === 0 ? element : find<T>(element, rest.join(' '))
}

/** All in the one element of that tag; none where it is not there. */
export function seekAll(root: Element, tag: string, selector: string): HTMLElement[] {
  const element = find(root, tag)
  return element === null ? [] : findAll(element, selector)
}

export function fill(root: Element, selector: string, value: string): void {
  const field = seek<HTMLInputElement>(root, selector)
  if (field === null) throw new Error(`nothing matches ${selector}`)
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export const bodyOf = ({ body }: Call): Record<string, unknown> => body as Record<string, unknown>
