/** Why nothing of an order can be given back. */
import type { Locale } from './locales.ts'

export interface RefundWords {
  readonly notPaid: string
  readonly allBack: string
  readonly disputed: string
}

const EN: RefundWords = {
  notPaid: 'No payment of this order was received.',
  allBack: 'Everything was given back already.',
  disputed: 'The payment is disputed at your bank, which decides about it.',
}

const ZH_CN: RefundWords = {
  notPaid: '未收到此订单的付款。',
  allBack: '款项已全部退还。',
  disputed: '您已向银行对这笔付款提出争议，将由银行裁定。',
}

export function refundWords(locale: Locale): RefundWords {
  return locale === 'zh-CN' ? ZH_CN : EN
}
