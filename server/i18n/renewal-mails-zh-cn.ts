import type { renewalMailsEn } from './renewal-mails-en.ts'

export const renewalMailsZhCn: typeof renewalMailsEn = {
  license: {
    name: (plan, quantity, ending) => `${plan} × ${quantity}（密钥末尾 ${ending}）`,
    until: (end) => `有效至 ${end}`,
    extended: (before, after) => `${before} → ${after}`,
    ended: '已终止',
    zone: (zone) => `所有时间均为 ${zone} 时区。`,
    sameKey: '密钥保持不变，无需重新激活。',
    affected: '许可证',
    method: '付款方式',
    methodOf: (brand, last4) => `${brand}，末尾 ${last4}`,
    console: (product) => `打开 ${product}`,
  },
  renewed: {
    subject: (product, order) => `${product}：订单 ${order} 已续费`,
    lead: '付款已确认，您的许可证已延长。',
    leadFree: '本次无需付款，您的许可证已延长。',
    what: '续费内容',
    nextCharge: (date) => `自动续费已开启：下次扣款日为 ${date}。在此之前您可随时关闭。`,
  },
  autoSucceeded: {
    subject: (product, total) => `${product}：已自动续费 ${total}`,
    lead: '您的许可证已按此前的通知自动续费。',
  },
  autoFailed: {
    subject: (product) => `${product}：自动续费扣款未成功`,
    lead: '自动续费的扣款未成功。您的许可证目前仍可使用，没有向您扣款。',
    reason: '原因',
    next: '下次尝试',
    mend: '如果届时原因已消除，您无需任何操作。您也可以在控制台中保存另一张卡，我们将立即扣款。',
  },
  autoAction: {
    subject: (product) => `${product}：银行要求您确认续费`,
    lead: '您的银行要求您亲自确认自动续费的扣款。目前没有向您扣款。',
    pay: '确认并付款',
    until: (date) => `此付款页面有效至 ${date}。`,
  },
  autoStopped: {
    subject: (product) => `${product}：自动续费已停止，您的许可证即将终止`,
    causes: {
      declined: '该卡已被银行最终拒绝，我们不再尝试扣款。',
      no_method: '没有可供扣款的已保存付款方式。',
      attempts: '对已保存付款方式的所有扣款尝试均失败。',
      dispute: '这些许可证的一笔扣款存在争议，因此不再自动续费。',
    },
    works: (date) => `您的许可证可使用至 ${date}，此后将停止。`,
    mend: '请在控制台中保存另一种付款方式，我们将立即扣款续费；或在那里手动续费。',
  },
  autoEnded: {
    subject: (product, plans) => `${product}：自动续费已结束，已停售：${plans}`,
    causes: {
      retired: '以下许可证的套餐已停售，其自动续费已结束，不会再扣款。',
      no_price: '以下许可证的套餐不再有对应周期和币种的价格，其自动续费已结束，不会再扣款。',
    },
    works: '已付费的时段在到期前仍然有效。到期后，这些许可证无法续费，请在此之前更换。',
    next: '接下来怎么做',
    instead: (plans) => `您可以改为购买：${plans}。`,
    nothing: '目前没有同类型的套餐在售。请写信给我们。',
    ask: '写信给我们',
  },
  refunded: {
    subject: (product, amount) => `${product}：已退款 ${amount}`,
    lead: '我们已退还一笔付款，数个工作日内可在您的银行账户中看到。',
    amount: '退款金额',
    at: '退款日期',
    kinds: {
      amount: '您的许可证保持不变。',
      units: '已退款的数量已从您的许可证中扣除。',
      period: '已退款的时段已从您的许可证中扣除。',
      undelivered:
        '由于相应的许可证在此期间已终止，订单的这一部分未能执行。订单的其余部分不受影响。',
    },
  },
  disputed: {
    subject: {
      opened: (product) => `${product}：您的银行正在询问一笔扣款`,
      won: (product) => `${product}：关于扣款的争议已解决`,
      lost: (product) => `${product}：一笔扣款已退还给您`,
    },
    lead: {
      opened: '您的银行通知我们，以下扣款存在争议。核查期间，该笔款项所购买的时段暂停计入。',
      won: '以下扣款的争议已有结论，其购买的时段已恢复。',
      lost: '以下扣款的争议已有结论，款项将退还给您，其购买的时段已从您的许可证中扣除。',
    },
    charge: '扣款金额',
    chargedAt: '扣款日期',
    mistake: '如果是误会，例如未认出该笔扣款，请写信给我们，通常可以很快解决。',
  },
  billed: {
    subject: (product, total) => `${product}：按量付费账单 ${total}`,
    paid: '许可证到期后的以下日期已计量，并已付款。',
    due: (date) =>
      `许可证到期后的以下日期已计量。请在 ${date} 之前付款，逾期将停止计量并暂停许可证。`,
    dueSoon: '许可证到期后的以下日期已计量，等待付款。',
    days: '日期（UTC）',
    range: (from, to) => `${from} 至 ${to}`,
    what: '计量内容',
    stop: '如需停止计量，请在控制台中将许可证移回“手动续费”。',
  },
  reminder: {
    subjectEnding: (product, count, date) =>
      count === 1
        ? `${product}：一个许可证将于 ${date} 到期`
        : `${product}：${count} 个许可证即将到期，最早为 ${date}`,
    subjectEnded: (product, count) => `${product}：${count} 个许可证已到期`,
    subjectCharge: (product, total, date) => `${product}：我们将于 ${date} 扣款 ${total}`,
    renewable: '需要您手动续费',
    renewableLead: '这些许可证不会自动续费。现在续费不会损失任何一天：新时段从到期时刻开始。',
    renewableLate:
      '这些许可证不会自动续费。续费从到期时刻开始计算，到期后每推迟一天，就损失一天已付费的时间。',
    renew: '立即续费',
    renewNote: '此按钮无需登录，可查看这些许可证及其价格并付款。它仅供您本人使用，请勿转发。',
    endsAt: (date) => `${date} 到期`,
    graceUntil: (date, grace) => `已于 ${date} 到期，可使用至 ${grace}`,
    stoppedSince: (date, last) => `已停用，于 ${date} 到期，可续费至 ${last}`,
    stopped: (date) => `已停用，于 ${date} 到期`,
    charges: '自动续费',
    chargeLead: (total, date) => `我们将于 ${date} 扣款 ${total}，除非您在此之前取消。`,
    charge: (total, date) => `${date} 扣款 ${total}`,
    risesTo: (total) => `再下一次起为 ${total}`,
    lower: '如果当日价格更低，则按更低的价格扣款。',
    cancel: (product) =>
      `如需取消，请在该日之前于 ${product} 的“续费”中关闭自动续费。已付款的时段仍有效至期满。`,
    ending: '到期后不续费',
    oneTime: '一次性许可证到期后自动失效，不可续费。请及时使用。',
    canceled: '您已取消这些许可证的续费。您仍可手动续费。',
    retired: '这些许可证无法续费：其套餐已不再以您购买时的条件出售。',
    unpaid:
      '这些许可证的自动续费未能扣款，且其套餐已停售。请在控制台中保存其他付款方式，将立即扣款。',
    metered: '到期后按量付费',
    meteredLead: '这些许可证到期后将按天计量、按月结算，直到您将其移回手动续费。',
    policies: '适用于续费的政策',
    calendar: {
      ends: (plan, product) => `${product}：${plan} 到期`,
      charge: (total, product) => `${product}：续费 ${total}`,
    },
  },
}
