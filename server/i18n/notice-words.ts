/**
 * The words of the Important Notes (S8, S9, S10 and requirements section 4). The English ones are the
 * source: orders store their hash, so a changed letter is a new version that customers accept anew.
 * `{…}` are filled in per quote; everything else is fixed.
 */
import type { Locale } from './locales.ts'

export interface NoticeText {
  readonly title: string
  readonly text: string
}

export interface NoticeWords {
  /** Items 1–4, for every purchase. */
  readonly always: readonly NoticeText[]
  /** Item 5, for one-time licenses; `one` is the validity of a single month. */
  readonly oneTime: { readonly one: NoticeText; readonly several: NoticeText }
  readonly autoRenewal: { readonly month: NoticeText; readonly year: NoticeText }
  readonly consumer: NoticeText
}

const en: NoticeWords = {
  always: [
    {
      title: 'Authorization is non-revocable',
      text: 'As this is a digital content product, it is considered delivered and activated upon purchase. According to applicable laws, it is not eligible for refund or cancellation.',
    },
    {
      title: 'Automatically Effective',
      text: 'The license period starts automatically upon payment. Please check the expiration date to avoid disruption.',
    },
    {
      title: 'Cautious Purchase',
      text: 'We recommend that you fully assess the required license quantity and service content based on your actual business needs before making a purchase, to ensure the rationality and effectiveness of your purchasing decision.',
    },
    {
      title: 'Acknowledgment & Consent',
      text: 'You are deemed to have read and agreed to this policy before making payment.',
    },
  ],
  oneTime: {
    one: {
      title: 'Notes',
      text: 'The migration/failback feature is granted under a one-time license, valid for 1 month by default. The license will automatically expire at the end of the period and will not renew. Please use it in time to avoid service interruption. For special requirements, please contact us.',
    },
    several: {
      title: 'Notes',
      text: 'The migration/failback feature is granted under a one-time license, valid for {months} months by default. The license will automatically expire at the end of the period and will not renew. Please use it in time to avoid service interruption. For special requirements, please contact us.',
    },
  },
  autoRenewal: {
    month: {
      title: 'Auto-Renewal',
      text: 'This license renews every month until you stop it. The first renewal charge is {amount}, on {date}; later charges follow every month, each before the paid period ends. They go to the payment method saved with this purchase. A higher price is announced by e-mail at least 30 days before it is first charged. To stop, turn auto-renewal off under Manage Subscriptions before the charge day, or contact us; the period already paid for stays valid to its end.',
    },
    year: {
      title: 'Auto-Renewal',
      text: 'This license renews every year until you stop it. The first renewal charge is {amount}, on {date}; later charges follow every year, each before the paid period ends. They go to the payment method saved with this purchase. A higher price is announced by e-mail at least 30 days before it is first charged. To stop, turn auto-renewal off under Manage Subscriptions before the charge day, or contact us; the period already paid for stays valid to its end.',
    },
  },
  consumer: {
    title: 'Statutory Rights',
    text: 'If you buy as a consumer, your statutory rights are unaffected.',
  },
}

const zhCN: NoticeWords = {
  always: [
    {
      title: '授权不可撤销',
      text: '由于本产品为数字内容产品，购买后即视为已交付并激活。根据适用法律，不支持退款或取消。',
    },
    {
      title: '自动生效',
      text: '许可证有效期自付款起自动开始计算。请留意到期日期，以免服务中断。',
    },
    {
      title: '谨慎购买',
      text: '建议您在购买前根据实际业务需求，充分评估所需的许可证数量和服务内容，以确保购买决策的合理性和有效性。',
    },
    {
      title: '确认与同意',
      text: '您在付款前即被视为已阅读并同意本政策。',
    },
  ],
  oneTime: {
    one: {
      title: '说明',
      text: '迁移/回切功能以一次性许可证的形式授予，默认有效期为 1 个月。许可证到期后自动失效，不会续期。请及时使用，以免服务中断。如有特殊需求，请联系我们。',
    },
    several: {
      title: '说明',
      text: '迁移/回切功能以一次性许可证的形式授予，默认有效期为 {months} 个月。许可证到期后自动失效，不会续期。请及时使用，以免服务中断。如有特殊需求，请联系我们。',
    },
  },
  autoRenewal: {
    month: {
      title: '自动续费',
      text: '本许可证每月自动续费，直至您停止为止。首次续费扣款为 {amount}，扣款日为 {date}；此后每月扣款一次，均在已付有效期结束之前，并使用本次购买时保存的付款方式。价格上调将在首次按新价格扣款前至少 30 天通过电子邮件通知。如需停止，请在扣款日之前于“管理订阅”中关闭自动续费，或联系我们；已付款的有效期仍持续到期满为止。',
    },
    year: {
      title: '自动续费',
      text: '本许可证每年自动续费，直至您停止为止。首次续费扣款为 {amount}，扣款日为 {date}；此后每年扣款一次，均在已付有效期结束之前，并使用本次购买时保存的付款方式。价格上调将在首次按新价格扣款前至少 30 天通过电子邮件通知。如需停止，请在扣款日之前于“管理订阅”中关闭自动续费，或联系我们；已付款的有效期仍持续到期满为止。',
    },
  },
  consumer: {
    title: '法定权利',
    text: '如果您以消费者身份购买，您的法定权利不受影响。',
  },
}

export const NOTICE_WORDS: Readonly<Record<Locale, NoticeWords>> = { en, 'zh-CN': zhCN }
