/**
 * Bugs that people really make, as patches of the source: applied while the simulation is built, never
 * on disk, never as a switch in the product. The simulator has to find each of them.
 */
import type { Patch } from '../bundle.ts'
import { AFTERMATH_BUGS } from './aftermath-bugs.ts'
import { CALENDAR_BUGS } from './calendar-bugs.ts'
import { DATABASE_BUGS } from './database-bugs.ts'
import { LICENSE_BUGS } from './license-bugs.ts'
import { MAIL_BUGS } from './mail-bugs.ts'
import { ORDER_BUGS } from './order-bugs.ts'
import { PAYMENT_BUGS } from './payment-bugs.ts'
import { RENEWAL_BUGS } from './renewal-bugs.ts'
import { WEBHOOK_BUGS } from './webhook-bugs.ts'

export interface PlantedBug extends Patch {
  /** Beginnings of the names of invariants, of which one has to find it: `I1`, `P09` … */
  readonly foundBy: readonly string[]
  /** Who has to be there for it; a search plays days of theirs. Those of each seed when absent. */
  readonly stage?: readonly string[]
}

export const PLANTED: readonly PlantedBug[] = [
  ...PAYMENT_BUGS,
  ...ORDER_BUGS,
  ...WEBHOOK_BUGS,
  ...DATABASE_BUGS,
  ...CALENDAR_BUGS,
  ...RENEWAL_BUGS,
  ...AFTERMATH_BUGS,
  ...LICENSE_BUGS,
  ...MAIL_BUGS,
]

/** @throws Error for a name that no bug has */
export function patchNamed(name: string): PlantedBug {
  const found = PLANTED.find((bug) => bug.name === name)
  if (found === undefined) throw new Error(`no planted bug is named ${name}`)
  return found
}
