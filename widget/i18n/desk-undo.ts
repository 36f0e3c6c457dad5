/** Taking back a renewal that has not begun, in both languages; part of the desk's file. */
const en = {
  action: 'Take back the renewal',
  text: (amount: string) => `You get ${amount} back, the way you paid.`,
  ends: (date: string) => `The license ends again on ${date}.`,
  all: (count: string) =>
    `All ${count} renewals of this order are taken back together. Each license ends again where it ended before.`,
  byHand: 'From then on it is renewed by hand.',
  confirm: (amount: string) => `Take back and refund ${amount}`,
  byOperator: 'Not all of this order can be taken back here. Support can look at it with you.',
  support: 'Contact support',
  done: (amount: string) => `The renewal was taken back. ${amount} is on its way to you.`,
}

export type UndoMessages = typeof en

const chinese: UndoMessages = {
  action: '撤回续订',
  text: (amount) => `${amount} 将按原付款方式退回。`,
  ends: (date) => `许可证将恢复为 ${date} 到期。`,
  all: (count) => `此订单的 ${count} 项续订将一并撤回，各许可证恢复原到期时间。`,
  byHand: '此后改为手动续订。',
  confirm: (amount) => `撤回并退款 ${amount}`,
  byOperator: '此订单无法在此全部撤回，请联系支持。',
  support: '联系支持',
  done: (amount) => `续订已撤回，${amount} 正在退回。`,
}

export function undoMessages(code: string): UndoMessages {
  return code === 'zh-CN' ? chinese : en
}
