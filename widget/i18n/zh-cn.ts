import type { Messages } from './en.ts'

/** Simplified Chinese. */
export const zhCn = {
  $code: 'zh-CN',
  $name: '简体中文',
  $dir: 'ltr',

  common: {
    retry: '重试',
    cancel: '取消',
    close: '关闭',
    copy: '复制',
    copied: '已复制',
    loading: '正在加载…',
    opensNewTab: '（在新标签页中打开）',
    contactUs: '联系我们',
    yes: '是',
    no: '否',
    sandbox: '测试模式，不会产生真实扣款。',
  },

  manager: { label: '您的许可证' },

  problem: {
    unreachable: '无法连接许可证中心。请检查网络后重试。',
    timeout: '许可证中心响应超时，请重试。',
    unreadable: '您与许可证中心之间的网络返回了错误的内容，请重试。',
    auth: '您的会话已结束。请刷新页面或重新登录。',
    other: '我们这边出了点问题，请重试。',
    nothingCharged: '未产生任何扣款。',
    reference: (code, requestId) =>
      requestId === null ? `代码 ${code}` : `代码 ${code}，请求 ${requestId}`,
  },

  configuration: {
    title: '此组件的配置有误',
    detail: (attribute, got, allowed) => `属性“${attribute}”的值为“${got}”。允许的值：${allowed}`,
  },

  form: {
    label: '购买许可证',
    types: '许可证类型',
    plan: '方案',
    billingCycle: '计费周期',
    monthly: '按月',
    annually: '按年',
    quantity: '数量',
    fewer: '减少一个',
    more: '增加一个',
    autoRenewal: '自动续费',
    autoRenewalNever: '此许可证不支持续费。',
    autoRenewalYes: '到期自动续费，直到您关闭为止。您可以随时关闭。',
    autoRenewalNo: '到期前由您手动续费。',
    addPromo: '添加优惠码',
    promo: '优惠码',
    apply: '使用',
    remove: '移除',
    promoApplied: (code) => `已使用优惠码 ${code}。`,
    empty: '目前没有可购买的许可证。',
  },

  missing: {
    title: '订阅之前，请先完成：',
    quantityNumber: '数量：请输入整数。',
    quantityRange: (min, max) => `数量：请输入 ${min} 到 ${max} 之间的数字。`,
    quantityStep: (step, min) => `数量：从 ${min} 起，以 ${step} 为单位出售。`,
    cycle: '计费周期：请选择按月或按年。',
    autoRenewal: '自动续费：请选择是或否。',
    price: '价格仍在计算中，请稍后再试。',
  },

  summary: {
    title: '订单摘要',
    per: { month: '每单位每月', year: '每单位每年', once: '每单位' },
    periodHint: '以现在付款计算。有效期自付款时开始。',
    discount: '折扣',
    tax: (name, percent) => `${name} ${percent}%`,
    taxIncluded: (name, percent) => `含 ${name} ${percent}%`,
    subtotal: '小计',
    dueToday: '今日应付',
    afterwards: '之后',
    afterwardsAmount: {
      month: (amount) => `每月 ${amount}`,
      year: (amount) => `每年 ${amount}`,
    },
    afterwardsFrom: (date) => `自 ${date} 起，直到您关闭`,
    noFurtherCharges: '无后续扣款',
    included: '赠送，一次性使用',
    validUntil: (date) => `有效期至 ${date}`,
    free: '免费',
    waitingFor: {
      autoRenewal: '选择是否自动续费后即可查看价格。',
      other: '填写完整后即可查看价格。',
    },
    announce: (total) => `今日应付：${total}`,
    earlierOrder: (count, _isOne, when, id) =>
      `您已于 ${when} 订购过此方案的 ${count} 个许可证（订单 ${id}）。如确实需要更多，请继续。`,
  },

  notes: {
    changed: '重要说明已更新，请在继续之前重新阅读。',
    contactPhrase: '联系我们',
    title: '重要说明',
    refundPolicy: '退款政策',
    terms: '服务条款',
    privacy: '隐私政策',
  },

  notices: {
    canceled: '订单已取消',
    canceledText: '未产生任何扣款，也未签发许可证。您填写的内容已保留。',
    priceNow: (before, now) => `价格已从 ${before} 变为 ${now}。`,
  },

  action: {
    subscribe: '立即订阅',
    preparing: '正在准备付款…',
  },
} satisfies Messages
