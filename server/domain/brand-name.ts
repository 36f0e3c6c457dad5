/** What people call a way to pay; the same words in the console, on receipts and in mails. */

/** Proper names, by the provider's word for a brand or, where there is no brand, for a kind. */
const NAMES: Readonly<Record<string, string>> = {
  amex: 'American Express',
  diners: 'Diners Club',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  sepa_debit: 'SEPA Direct Debit',
  us_bank_account: 'ACH Direct Debit',
}

/** `visa` → `Visa`; what is not known is at least readable: `cartes_bancaires` → `Cartes Bancaires`. */
export function brandName(word: string): string {
  return NAMES[word] ?? word.split('_').map(capitalised).join(' ')
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
