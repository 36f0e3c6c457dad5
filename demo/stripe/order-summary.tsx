/** What is bought and what it costs (S17). */
import { formatAmount } from './currencies.ts'
import type { CheckoutSession, LineItem } from './objects.ts'

/** The caller sends exclusive tax as one line of this name (design section 4). */
const TAX_LINE = 'Tax'

export function OrderSummary({ session }: { session: CheckoutSession }) {
  const tax = session.lines.find((line) => line.description === TAX_LINE)
  const goods = session.lines.filter((line) => line !== tax)
  const subtotal = goods.reduce((sum, line) => sum + line.amount_total, 0)
  const money = (amount: number) => formatAmount(amount, session.currency)
  return (
    <section class="summary" aria-labelledby="summary-heading">
      {session.cancel_url !== null && (
        <a class="back" href={session.cancel_url}>
          <span aria-hidden="true">←</span> Back without paying
        </a>
      )}
      <h1 id="summary-heading">
        <span class="merchant">License Center</span>
        <span class="due">{money(session.amount_total)}</span>
      </h1>
      <ul class="lines">
        {goods.map((line) => (
          <Line line={line} money={money} />
        ))}
      </ul>
      <dl class="totals">
        <div>
          <dt>Subtotal</dt>
          <dd>{money(subtotal)}</dd>
        </div>
        <div>
          <dt>Tax</dt>
          <dd>{tax === undefined ? 'None added' : money(tax.amount_total)}</dd>
        </div>
        <div class="total">
          <dt>Total due today</dt>
          <dd>{money(session.amount_total)}</dd>
        </div>
      </dl>
    </section>
  )
}

function Line({ line, money }: { line: LineItem; money: (amount: number) => string }) {
  return (
    <li>
      <div class="line">
        <span class="product">{line.description}</span>
        <span class="amount">{money(line.amount_total)}</span>
      </div>
      <p class="each">{`${money(line.unit_amount)} × ${line.quantity}`}</p>
      {line.note !== null && <p class="note">{line.note}</p>}
    </li>
  )
}

/** Nothing is bought on a page that only saves a method. */
export function SetupSummary({ session }: { session: CheckoutSession }) {
  return (
    <section class="summary" aria-labelledby="summary-heading">
      {session.cancel_url !== null && (
        <a class="back" href={session.cancel_url}>
          <span aria-hidden="true">←</span> Back without saving
        </a>
      )}
      <h1 id="summary-heading">
        <span class="merchant">License Center</span>
        <span class="due">Save a payment method</span>
      </h1>
      <p>Nothing is charged now.</p>
    </section>
  )
}
