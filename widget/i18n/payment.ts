import type { Messages } from './en.ts'
import { paymentEn, type PaymentMessages } from './payment-en.ts'
import { paymentZhCn } from './payment-zh-cn.ts'

/** The words that belong to those of the session. */
export function paymentWords({ $code }: Pick<Messages, '$code'>): PaymentMessages {
  return $code === 'zh-CN' ? paymentZhCn : paymentEn
}
