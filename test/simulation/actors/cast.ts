/** Who may take part; a seed chooses a few of them. */
import type { Chance } from '../core/chance.ts'
import { bankPayer } from './bank-payer.ts'
import { buyer } from './buyer.ts'
import { canceller } from './canceller.ts'
import { clockJumper } from './clock-jumper.ts'
import { deafHost } from './deaf-host.ts'
import { doubleClicker } from './double-clicker.ts'
import { fleet } from './fleet.ts'
import { forger } from './forger.ts'
import { hesitantPayer } from './hesitant-payer.ts'
import { latecomer } from './latecomer.ts'
import { listener } from './listener.ts'
import { metered } from './metered.ts'
import { migrator } from './migrator.ts'
import { moneyBack } from './money-back.ts'
import { mover } from './mover.ts'
import { onlooker } from './onlooker.ts'
import { operator } from './operator.ts'
import { pageMaker } from './page-maker.ts'
import { promoRacers } from './promo-racers.ts'
import { publisher } from './publisher.ts'
import { reader } from './reader.ts'
import { renewer } from './renewer.ts'
import type { Actor } from './scene.ts'
import { stripeOutage } from './stripe-outage.ts'
import { subscriber } from './subscriber.ts'

/** Who plays on the days that `npm test` knows by their seeds. */
const FIRST: readonly Actor[] = [
  buyer,
  doubleClicker,
  canceller,
  bankPayer,
  hesitantPayer,
  latecomer,
  promoRacers,
  forger,
  pageMaker,
  onlooker,
  operator,
  publisher,
  clockJumper,
  stripeOutage,
  renewer,
  subscriber,
  moneyBack,
]

/** Everybody: those who came later, too. */
export const CAST: readonly Actor[] = [
  ...FIRST,
  fleet,
  migrator,
  mover,
  listener,
  reader,
  metered,
  deafHost,
]
const FIRST_SEEDS = 1000

/** Seeds up to 1,000 keep the days that they had before installations joined; all later ones mix everybody. */
export function companyOf(seed: number): readonly Actor[] {
  return seed <= FIRST_SEEDS ? FIRST : CAST
}

/** One to three, as `buyer0`, `operator1`; the rest of the day belongs to the faults. */
export function castOf(chance: Chance, company: readonly Actor[]): readonly string[] {
  const count = 1 + Math.floor(chance.real() ** 2 * 3)
  return Array.from({ length: count }, (_, number) => `${chosen(chance, company).name}${number}`)
}

/** @throws Error for a name that `castOf` does not give */
export function actorNamed(part: string): Actor {
  const name = part.replace(/\d+$/, '')
  const found = CAST.find((actor) => actor.name === name)
  if (found === undefined) throw new Error(`there is no actor ${part}`)
  return found
}

function chosen(chance: Chance, company: readonly Actor[]): Actor {
  let lot = chance.real() * company.reduce((sum, { weight }) => sum + weight, 0)
  const found = company.find(({ weight }) => (lot -= weight) < 0) ?? company[0]
  if (found === undefined) throw new Error('nobody to choose from')
  return found
}
