import { licenseMailsZhCn } from './license-mails-zh-cn.ts'
import type { MailWords } from './mails.ts'
import { renewalMailsZhCn } from './renewal-mails-zh-cn.ts'

export const mailsZhCn: MailWords = {
  ...renewalMailsZhCn,
  ...licenseMailsZhCn,
  greeting: '您好：',
  order: {
    number: '订单号',
    product: '产品',
    total: '合计',
    amount: '金额',
    paidAt: '付款日期',
    subtotal: '小计',
    tax: '税费',
    what: '购买内容',
    line: (plan, quantity) => `${plan} × ${quantity}`,
    explained: (amount, explanation) => `${amount}（${explanation}）`,
    receipt: '查看并打印收据',
    open: (product) => `在 ${product} 控制台查看订单`,
    help: '获取此订单的帮助',
    policies: '适用于此订单的政策',
  },
  confirmation: {
    subject: (product, order) => `${product}：订单 ${order} 已确认`,
    lead: '付款已确认，您的许可证现已生效，无需在控制台中输入任何内容。',
    leadFree: '本订单无需付款，您的许可证现已生效，无需在控制台中输入任何内容。',
    late: '在获知您的付款之前，此订单曾显示为已过期。您的付款在有效时间内完成，因此订单已按原价格执行。',
    licenses: '您的许可证',
    validity: (from, to, zone) => `${from} 至 ${to}（${zone}）`,
    key: (ending) => `密钥末尾 ${ending}`,
    complimentary: '赠送，仅可使用一次',
    renewal: '自动续费',
    renewalMonth: (amount, date) => `每月自动续费。首次续费扣款为 ${amount}，扣款日为 ${date}。`,
    renewalYear: (amount, date) => `每年自动续费。首次续费扣款为 ${amount}，扣款日为 ${date}。`,
    renewalStop:
      '如需停止，请在该日之前于“管理订阅”中关闭自动续费，或写信给我们。已付款的有效期仍持续到期满为止。',
    notices: (version) => `您在下单时接受了重要说明，版本 ${version}。`,
    keepKeys: '请勿在公开渠道发布许可证密钥。我们绝不会索要完整的密钥或银行卡号。',
  },
  processing: {
    subject: (product, order) => `${product}：订单 ${order} 的付款正在处理中`,
    lead: '您的付款已提交，正在处理中。使用该付款方式可能需要数日。',
    next: '付款成功后立即签发许可证，无论结果如何我们都会再次写信给您。请勿重复付款。',
  },
  paymentFailed: {
    subject: (product, order) => `${product}：订单 ${order} 付款失败`,
    lead: '此订单的付款未成功。没有向您扣款，也没有签发许可证。',
    reason: '原因',
    next: '您可以在控制台中重新下单，也可以更换付款方式。',
  },
  review: {
    subject: (product, order) => `${product}：已收到订单 ${order} 的付款，正在核对`,
    lead: '我们已收到您的付款，但与订单不一致：例如订单已被取消，或金额不符。',
    next: '现由人工核对，您将收到许可证或退款，我们会告知结果。请勿重复付款。',
  },
  webhook: {
    subject: '一个 Webhook 端点已被停用',
    lead: '您的端点未能接收我们的事件,因此已被停用。不会丢失任何内容:期间发生的事件会等待。',
    address: '端点',
    outcome: '最后的响应',
    next: '端点恢复后,请通过主机 API 重新启用;等待中的事件将按顺序送达。',
  },
  ticket: {
    subject: (number) => `已收到您的消息 ${number}`,
    lead: '感谢您的来信。我们将由人工阅读，并力争在两个工作日内回复。',
    number: '工单号',
    topic: '主题',
    next: '再次来信时请注明工单号。为保护您的信息，本确认邮件不重复您填写的内容。',
    notYou: '如果您没有写信给我们，可能是他人误填了您的邮箱，请忽略本邮件。',
    policies: '相关说明',
  },
}
