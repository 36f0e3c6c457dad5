/** The form that pays: plain HTML, so that it works without scripts. */
import { bankDebitOf, formatAmount, type BankDebitKind } from './currencies.ts'
import type { CheckoutSession } from './objects.ts'
import { HINTED_CARDS, type CardField } from './test-cards.ts'

/** What was typed, shown again after a refusal; the security code never is. */
export interface FormValues {
  readonly method: 'card' | 'bank_debit'
  readonly card_number: string
  readonly exp: string
  readonly cvc: string
  readonly account_number: string
}

export interface FormProblem {
  readonly message: string
  /** The field at fault; null when the payment itself was declined. */
  readonly field: CardField | 'account_number' | null
}

export interface PaymentFormProps {
  readonly session: CheckoutSession
  readonly email: string | null
  readonly values: FormValues
  readonly problem: FormProblem | null
}

const BUTTON_WORDS: Readonly<Record<string, string>> = {
  subscribe: 'Subscribe',
  book: 'Book',
  donate: 'Donate',
}

const FIRST_FIELD = { card: 'card_number', bank_debit: 'account_number' } as const

const BANK_WORDS: Readonly<Record<BankDebitKind, string>> = {
  us_bank_account: 'US bank account (ACH debit)',
  sepa_debit: 'SEPA Direct Debit',
  bacs_debit: 'Bacs Direct Debit',
}

export function PaymentForm({ session, email, values, problem }: PaymentFormProps) {
  const bankDebit = bankDebitOf(session.currency)
  const isSetup = session.mode === 'setup'
  return (
    <form class="payment" method="post" action={`/c/pay/${session.id}`} autocomplete="off">
      {problem !== null && (
        <div class="problem" role="alert" id="problem">
          <strong>{problem.message}</strong>
          <p>
            {problem.field === null
              ? 'Nothing was charged. Try again with another card or method.'
              : 'Nothing was charged. Correct the field and try again.'}
          </p>
        </div>
      )}
      <label class="field">
        <span>E-mail</span>
        <input name="email" type="email" value={email ?? ''} readonly aria-describedby="locked" />
        <small id="locked">Taken from your account; it cannot be changed here.</small>
      </label>
      <fieldset class="methods">
        <legend>Payment method</legend>
        <MethodChoice id="card" words="Card" chosen={values.method} />
        {bankDebit !== null && (
          <MethodChoice id="bank_debit" words={BANK_WORDS[bankDebit]} chosen={values.method} />
        )}
        <CardFields session={session} values={values} problem={problem} />
        {bankDebit !== null && <BankFields values={values} problem={problem} />}
      </fieldset>
      {(isSetup || session.intent_data.setup_future_usage === 'off_session') && (
        <p class="consent">
          {isSetup ? 'By saving it' : 'By subscribing'} you allow License Center to charge this
          method for future renewals, until you turn auto-renewal off.
        </p>
      )}
      <div class="submit">
        <button name="action" value="pay">
          {isSetup ? 'Save' : (BUTTON_WORDS[session.submit_type] ?? 'Pay')}
        </button>
        {!isSetup && (
          <span class="due">{formatAmount(session.amount_total, session.currency)}</span>
        )}
      </div>
    </form>
  )
}

interface MethodChoiceProps {
  readonly id: FormValues['method']
  readonly words: string
  readonly chosen: FormValues['method']
}

function MethodChoice({ id, words, chosen }: MethodChoiceProps) {
  return (
    <label class="method">
      <input type="radio" name="method" value={id} checked={chosen === id} id={`method-${id}`} />
      <span>{words}</span>
    </label>
  )
}

type FieldsProps = Pick<PaymentFormProps, 'values' | 'problem'>

function CardFields({ session, values, problem }: FieldsProps & { session: CheckoutSession }) {
  return (
    <div class="fields card-fields">
      <Field
        name="card_number"
        words="Card number"
        hint="1234 1234 1234 1234"
        {...{ values, problem }}
      />
      <div class="pair">
        <Field name="exp" words="Expiry" hint="MM / YY" {...{ values, problem }} />
        <Field name="cvc" words="CVC" hint="123" {...{ values, problem }} />
      </div>
      <div class="hint">
        <p>Test cards; choose one to fill it in:</p>
        <ul>
          {HINTED_CARDS.map(({ number, outcome }) => (
            <li>
              <a href={`/c/pay/${session.id}?card_number=${number.replaceAll(' ', '')}`}>
                {number}
              </a>{' '}
              {outcome}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function BankFields({ values, problem }: FieldsProps) {
  return (
    <div class="fields bank-fields">
      <Field
        name="account_number"
        words="Account number"
        hint="000123456789"
        {...{ values, problem }}
      />
      <div class="hint">
        <p>
          The bank answers after 30 seconds. Test account 000123456789 pays; one that ends in 1116
          does not.
        </p>
      </div>
    </div>
  )
}

interface FieldProps extends FieldsProps {
  readonly name: 'card_number' | 'exp' | 'cvc' | 'account_number'
  readonly words: string
  readonly hint: string
}

function Field({ name, words, hint, values, problem }: FieldProps) {
  const isAtFault = problem?.field === name
  // Without scripts this is what moves the focus, and a screen reader, to what went wrong.
  const isNext = problem !== null && (problem.field ?? FIRST_FIELD[values.method]) === name
  return (
    <label class="field">
      <span>{words}</span>
      <input
        name={name}
        value={values[name]}
        placeholder={hint}
        inputmode="numeric"
        autocomplete="off"
        maxlength={34}
        aria-invalid={isAtFault ? 'true' : undefined}
        aria-describedby={isNext ? 'problem' : undefined}
        autofocus={isNext}
      />
    </label>
  )
}
