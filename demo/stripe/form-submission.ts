/** What one click on the payment page's button does. */
import { newBankMethod, newCardMethod } from './charges.ts'
import { bankDebitOf } from './currencies.ts'
import type { CheckoutSession, PaymentMethod } from './objects.ts'
import type { FormProblem, FormValues } from './payment-form.tsx'
import {
  askForChallenge,
  challengedMethod,
  declineCard,
  handInBankDebit,
  payByCard,
} from './payments.ts'
import { challengedSetup, challengeSetup, declineSetup, saveMethod } from './setups.ts'
import { describeCard, judgeCard, type CardInput } from './test-cards.ts'
import type { World } from './world.ts'

export type Submission =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'problem'; readonly problem: FormProblem }

/** Accounts that end so do not pay. */
const FAILING_ACCOUNT = /1116$/

/** @param session must be open */
export function submitPayment(
  world: World,
  session: CheckoutSession,
  values: FormValues,
): Submission {
  if (values.method === 'bank_debit') return submitBankDebit(world, session, values.account_number)
  const input: CardInput = { number: values.card_number, exp: values.exp, cvc: values.cvc }
  const { year, month } = world.now().toZonedDateTimeISO('UTC')
  const outcome = judgeCard(input, { year, month }, session.mode)
  if (outcome.kind === 'unreadable') return problem(outcome.message, outcome.field)
  const method = newCardMethod(world, describeCard(input))
  const isSetup = session.mode === 'setup'
  switch (outcome.kind) {
    case 'succeeds':
      return { kind: 'redirect', location: pass(world, session, method) }
    case 'challenged':
      if (isSetup) challengeSetup(world, session, method)
      else askForChallenge(world, session, method)
      return { kind: 'redirect', location: `/c/pay/${session.id}/challenge` }
    case 'declined':
      if (isSetup) declineSetup(world, session, outcome.decline)
      else declineCard(world, session, method, outcome.decline)
      return problem(outcome.decline.message, null)
  }
}

/** @returns where the buyer goes next */
export function passChallenge(world: World, session: CheckoutSession): string {
  const method = waitingMethod(world, session)
  return method === null ? successUrl(session) : pass(world, session, method)
}

/** @returns the method that waits for its challenge, or null when none does */
export function waitingMethod(world: World, session: CheckoutSession): PaymentMethod | null {
  return session.mode === 'setup'
    ? challengedSetup(world, session)
    : challengedMethod(world, session)
}

function pass(world: World, session: CheckoutSession, method: PaymentMethod): string {
  if (session.mode === 'setup') saveMethod(world, session, method)
  else payByCard(world, session, method)
  return successUrl(session)
}

function submitBankDebit(world: World, session: CheckoutSession, account: string): Submission {
  const kind = bankDebitOf(session.currency)
  if (kind === null) return problem('Bank debits are not available in this currency.', null)
  const digits = account.replaceAll(/\s/g, '')
  if (!/^\w{6,34}$/.test(digits)) {
    return problem('Your account number is incomplete.', 'account_number')
  }
  const method = newBankMethod(world, kind, digits)
  if (session.mode === 'setup') {
    saveMethod(world, session, method)
  } else {
    const outcome = FAILING_ACCOUNT.test(digits) ? 'fail' : world.switches.nextSettlement
    handInBankDebit(world, session, method, outcome)
  }
  return { kind: 'redirect', location: successUrl(session) }
}

function problem(message: string, field: FormProblem['field']): Submission {
  return { kind: 'problem', problem: { message, field } }
}

/** Where a buyer who has paid goes. Stripe fills the placeholder, also where the URL encoded it. */
export function successUrl({ id, success_url }: CheckoutSession): string {
  return success_url.replaceAll(/\{CHECKOUT_SESSION_ID\}|%7BCHECKOUT_SESSION_ID%7D/gi, id)
}
