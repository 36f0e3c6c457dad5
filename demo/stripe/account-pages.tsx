/** The billing portal and the hosted invoice, each as simple as a sandbox may be. */
import { formatAmount } from './currencies.ts'
import type { Customer, Invoice, PaymentMethod } from './objects.ts'
import { MessagePage } from './page-frame.tsx'

export interface PortalPageProps {
  readonly customer: Customer
  readonly invoices: readonly Invoice[]
  readonly methods: readonly PaymentMethod[]
  readonly returnUrl: string | null
}

export function PortalPage({ customer, invoices, methods, returnUrl }: PortalPageProps) {
  return (
    <MessagePage title="Billing">
      <p>{customer.email}</p>
      <h2>Payment methods</h2>
      {methods.length === 0 && <p>No method is saved.</p>}
      <ul class="rows">
        {methods.map((method) => (
          <li>
            <span>{String(method.details['brand'] ?? method.type.replaceAll('_', ' '))}</span>
            <span>{`•••• ${method.details['last4']}`}</span>
          </li>
        ))}
      </ul>
      <h2>Invoices</h2>
      {invoices.length === 0 && <p>There is no invoice yet.</p>}
      <ul class="rows">
        {invoices.map((invoice) => (
          <li>
            <a href={invoice.hosted_invoice_url ?? ''}>{invoice.number}</a>
            <span>{`${formatAmount(invoice.total, invoice.currency)}, ${invoice.status}`}</span>
          </li>
        ))}
      </ul>
      {returnUrl !== null && (
        <a class="button" href={returnUrl}>
          Return to License Center
        </a>
      )}
    </MessagePage>
  )
}

export function InvoicePage({ invoice }: { invoice: Invoice }) {
  const madeOn = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' })
  return (
    <MessagePage title={`Invoice ${invoice.number}`}>
      <ul class="rows">
        <li>
          <span>{invoice.status === 'paid' ? 'Paid on' : `Made on (${invoice.status})`}</span>
          <span>{madeOn.format(invoice.created * 1000)}</span>
        </li>
        {invoice.items.map((item) => (
          <li>
            <span>{`${item.description} × ${item.quantity}`}</span>
            <span>{formatAmount(item.amount, invoice.currency)}</span>
          </li>
        ))}
        <li>
          <span>Total</span>
          <span>{formatAmount(invoice.total, invoice.currency)}</span>
        </li>
      </ul>
    </MessagePage>
  )
}
