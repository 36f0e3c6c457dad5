/** From the lines of a receipt to what was charged. Each amount is a `data` element in minor units. */
import { parseInstant } from '../domain/calendar.ts'
import { formatMoney } from '../domain/money.ts'
import { receiptWords } from '../i18n/receipt-words.ts'
import type { ReceiptProps, ReceiptView } from './receipt-page.tsx'

interface Row {
  readonly label: string
  readonly amount: number
  /** Names the amount for whoever reads the page as data. */
  readonly name: string
}

export function ReceiptAmounts({ setting, view }: ReceiptProps) {
  const words = receiptWords(setting.locale)
  const money = (amount: number) => formatMoney(amount, view.currency, setting.locale)
  const isFree = view.payments.length === 0
  return (
    <section aria-labelledby="amounts">
      <h2 id="amounts">{words.total}</h2>
      <table>
        <tbody>
          {rowsOf(setting, view).map(({ label, amount, name }) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="amount">
                <data value={String(amount)} class={name}>
                  {money(amount)}
                </data>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {view.waived > 0 && <p>{words.waived(money(view.waived))}</p>}
      {isFree && <p>{words.nothingToPay}</p>}
    </section>
  )
}

function rowsOf(setting: ReceiptProps['setting'], view: ReceiptView): Row[] {
  const words = receiptWords(setting.locale)
  const { discount, promoCode, subtotal, total, payments, refunds, reversals } = view
  const dayOf = (instant: string) =>
    new Intl.DateTimeFormat(setting.locale, { dateStyle: 'medium', timeZone: view.zone }).format(
      parseInstant(instant).epochMilliseconds,
    )
  const charged = payments.reduce((sum, { amount }) => sum + amount, 0)
  const back = [...refunds, ...reversals].reduce((sum, { amount }) => sum + amount, 0)
  return [
    ...(discount === 0
      ? []
      : [
          {
            label: promoCode === null ? words.discount : words.discounted(promoCode),
            amount: -discount,
            name: 'discount',
          },
        ]),
    { label: words.subtotal, amount: subtotal, name: 'subtotal' },
    ...taxRow(words, view),
    { label: words.total, amount: total, name: 'total' },
    ...payments.map(({ amount }) => ({ label: words.paid, amount, name: 'charged' })),
    ...refunds.map(({ amount, at, isPending }) => ({
      label: isPending ? words.refundPending(dayOf(at)) : words.refunded(dayOf(at)),
      amount: -amount,
      name: 'refunded',
    })),
    ...reversals.map(({ amount, at }) => ({
      label: words.reversed(dayOf(at)),
      amount: -amount,
      name: 'reversed',
    })),
    ...(back === 0 ? [] : [{ label: words.kept, amount: charged - back, name: 'kept' }]),
  ]
}

/** Inclusive tax is contained in the subtotal, and only told. */
function taxRow(words: ReturnType<typeof receiptWords>, { tax, taxNote }: ReceiptView): Row[] {
  if (tax === 0) return []
  const label =
    taxNote === null
      ? words.tax
      : (taxNote.mode === 'exclusive' ? words.taxed : words.taxContained)(
          taxNote.name,
          taxNote.percent,
        )
  return [{ label, amount: tax, name: 'tax' }]
}
