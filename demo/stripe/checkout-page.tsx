/** The payment page and the pages that take its place once there is nothing to pay. */
import { OrderSummary, SetupSummary } from './order-summary.tsx'
import type { CheckoutSession } from './objects.ts'
import { formatAmount } from './currencies.ts'
import { MessagePage, PageFrame } from './page-frame.tsx'
import { PaymentForm, type PaymentFormProps } from './payment-form.tsx'

export function CheckoutPage(props: PaymentFormProps) {
  const { session, problem } = props
  const isSetup = session.mode === 'setup'
  const amount = formatAmount(session.amount_total, session.currency)
  const heading = isSetup ? 'Save a payment method' : `Pay ${amount}`
  const setback = isSetup ? 'Not saved yet' : 'Not paid yet'
  return (
    <PageFrame title={problem === null ? heading : setback}>
      <main class="checkout">
        {isSetup ? <SetupSummary session={session} /> : <OrderSummary session={session} />}
        <PaymentForm {...props} />
      </main>
    </PageFrame>
  )
}

/** Nothing is asked twice of someone who has paid. */
export function CompletedPage({
  session,
  returnUrl,
}: {
  session: CheckoutSession
  returnUrl: string
}) {
  if (session.mode === 'setup') {
    return (
      <MessagePage title="This payment method is saved">
        <p>Nothing was charged.</p>
        <a class="button" href={returnUrl}>
          Return to License Center
        </a>
      </MessagePage>
    )
  }
  const isPaid = session.payment_status === 'paid'
  const amount = formatAmount(session.amount_total, session.currency)
  return (
    <MessagePage title={isPaid ? 'This order is already paid' : 'This payment is on its way'}>
      <p>
        {isPaid
          ? `${amount} was received. You do not need to pay again.`
          : `Your bank was asked for ${amount}. Do not pay again: the order is confirmed as soon as the bank answers.`}
      </p>
      <a class="button" href={returnUrl}>
        Return to License Center
      </a>
    </MessagePage>
  )
}

export function ExpiredPage({ session }: { session: CheckoutSession }) {
  return (
    <MessagePage title="This payment page has expired">
      <p>Nothing was charged. Return to the shop and place the order again to get a new page.</p>
      {session.cancel_url !== null && (
        <a class="button" href={session.cancel_url}>
          Return to License Center
        </a>
      )}
    </MessagePage>
  )
}

export function UnknownPage() {
  return (
    <MessagePage title="There is no such payment page">
      <p>The link is incomplete, or the sandbox was restarted since. Nothing was charged.</p>
    </MessagePage>
  )
}

export function ChallengePage({ session }: { session: CheckoutSession }) {
  return (
    <MessagePage title="3-D Secure: is it you?">
      <p>
        {session.mode === 'setup'
          ? 'This is where your bank would ask you to confirm that License Center may charge this card.'
          : `This is where your bank would ask you to confirm the payment of ${formatAmount(session.amount_total, session.currency)} to License Center.`}
      </p>
      <form method="post" action={`/c/pay/${session.id}/challenge`}>
        <button name="action" value="complete">
          Complete
        </button>
        <button class="second" name="action" value="fail">
          Fail
        </button>
      </form>
    </MessagePage>
  )
}
