/** `/pay/return`: where the payment provider sends the buyer's window back to. Needs no script. */
import { Layout, type PageSetting } from './layout.tsx'

export type PaymentReturnState =
  | 'checking'
  | 'issued'
  | 'processing'
  | 'open'
  | 'failed'
  | 'canceled'
  | 'expired'
  | 'review'
  | 'saved'
  | 'not_saved'
  | 'unknown'

export interface PaymentReturnView {
  /** `checking`: paid or unclear, not fulfilled yet · `open`: the payment page can still be used. */
  readonly state: PaymentReturnState
  readonly orderId: string | null
  /** Console homepage of the product (S20); null while the order is unknown. */
  readonly homeUrl: string | null
  /** Only used while `open`. */
  readonly paymentUrl: string | null
  /** Path and query of this very page, to look again. */
  readonly selfUrl: string
}

const LOOK_AGAIN_SECONDS = 3
const FORWARD_SECONDS = 10

/**
 * Value of the `Refresh` header, or null: look again while checking, and on to the console once the
 * licenses are valid (S20). A header, because a refresh in the document is an accessibility fault;
 * the page says what will happen and carries the same link.
 */
export function refreshOf(view: PaymentReturnView): string | null {
  if (view.state === 'checking') return `${LOOK_AGAIN_SECONDS}; url=${view.selfUrl}`
  if (isDone(view) && view.homeUrl) return `${FORWARD_SECONDS}; url=${view.homeUrl}`
  return null
}

function isDone({ state }: PaymentReturnView): boolean {
  return state === 'issued' || state === 'saved'
}

const TONES: Readonly<Record<PaymentReturnState, 'good' | 'warn' | 'bad'>> = {
  checking: 'warn',
  issued: 'good',
  processing: 'warn',
  open: 'warn',
  failed: 'bad',
  canceled: 'warn',
  expired: 'warn',
  review: 'warn',
  saved: 'good',
  not_saved: 'warn',
  unknown: 'bad',
}

interface PaymentReturnPageProps {
  readonly setting: PageSetting
  readonly view: PaymentReturnView
}

export function PaymentReturnPage({ setting, view }: PaymentReturnPageProps) {
  const words = setting.words.payReturn
  const { title, text } = words[view.state]
  return (
    <Layout setting={setting} title={title} path={null}>
      <h1>{title}</h1>
      <div class={`note ${TONES[view.state]}`}>
        {view.orderId && (
          <p class="facts">
            <bdi>{words.order(view.orderId)}</bdi>
          </p>
        )}
        <p>{text}</p>
        {isDone(view) && view.homeUrl && <p>{words.forwarding}</p>}
      </div>
      <p class="actions">
        <Actions setting={setting} view={view} />
      </p>
    </Layout>
  )
}

function Actions({ setting, view }: PaymentReturnPageProps) {
  const words = setting.words.payReturn
  const canPay = view.state === 'open' && view.paymentUrl !== null
  const isChecking = view.state === 'checking'
  const help = view.orderId
    ? `/contact?topic=purchase&order=${encodeURIComponent(view.orderId)}`
    : '/contact?topic=purchase'
  return (
    <>
      {canPay && (
        <a class="button" href={view.paymentUrl ?? ''}>
          {words.reopen}
        </a>
      )}
      {isChecking && (
        <a class="button" href={view.selfUrl}>
          {words.checkAgain}
        </a>
      )}
      {view.homeUrl && (
        <a class={canPay || isChecking ? '' : 'button'} href={view.homeUrl}>
          {words.toConsole}
        </a>
      )}
      {!isDone(view) && <a href={help}>{words.toContact}</a>}
    </>
  )
}
