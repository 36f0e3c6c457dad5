/** Why something cannot be renewed, in words. They live here, since refusals carry them. */
import type { NotRenewableReason } from './renewal-eligibility.ts'

export interface RenewalWords {
  readonly reasons: Readonly<Record<NotRenewableReason, string>>
  readonly orderOpen: (order: string) => string
  readonly notFound: string
  readonly never: string
  readonly twice: string
  readonly expired: string
  readonly whole_period: string
  readonly moreUnits: (units: number) => string
  readonly inUse: (units: number) => string
  readonly wholeCycles: (months: number, licenses: string) => string
  readonly oneValidity: (months: number) => string
  readonly noCycle: (plan: string, cycles: string) => string
  readonly tooLong: (licenses: string) => string
  readonly otherCurrency: (currency: string) => string
  readonly currencyIs: (currency: string) => string
  readonly noPlan: string
  readonly samePlan: string
  readonly downgrade: (plan: string) => string
  readonly changed: {
    readonly end: (license: string, was: string, now: string) => string
    readonly units: (license: string, was: number, now: number) => string
    readonly plan: (license: string, was: string, now: string) => string
    readonly price: (license: string, was: string, now: string) => string
    readonly obstacle: (license: string, reason: string) => string
  }
}

const en: RenewalWords = {
  reasons: {
    revoked: 'This license was revoked.',
    refunded: 'This license was refunded.',
    under_review: 'This license is under review. Contact support.',
    order_open: 'This license has an open order. Pay or cancel it first.',
    metered: 'Pay-per-use is being metered. Move it to manual renewal first.',
    suspended: 'This license is suspended. Contact support.',
    ended: 'This license has ended. Buy a new one.',
    retired: 'This plan is no longer sold.',
    currency: 'This plan has no price in the currency of the license.',
    too_far_ahead: 'It is paid for up to five years ahead already.',
    too_short: 'The renewal would end within three days.',
  },
  orderOpen: (order) => `Order ${order} is open on this license. Pay or cancel it first.`,
  notFound: 'There is no such license.',
  never: 'This license does not renew: one-time and complimentary licenses end with their period.',
  twice: 'This license is listed twice.',
  expired: 'This license has expired. Renew it first.',
  whole_period: 'This plan is sold for its whole period only. Buy another license.',
  moreUnits: (units) => `It has ${units} units. A renewal can have fewer; add units separately.`,
  inUse: (units) => `${units} units are in use. Release them first.`,
  wholeCycles: (months, licenses) => `Choose a multiple of ${months} months for ${licenses}.`,
  oneValidity: (months) => `This plan renews by exactly ${months} months, on its own date.`,
  noCycle: (plan, cycles) => `${plan} is billed by ${cycles} only.`,
  tooLong: (licenses) => `At most five years ahead can be paid for: choose less for ${licenses}.`,
  otherCurrency: (currency) => `These licenses renew in ${currency}.`,
  currencyIs: (currency) => `Renews in ${currency}: order it apart from the other currencies.`,
  noPlan: 'This product has no such plan to upgrade to.',
  samePlan: 'The license has this plan already.',
  downgrade: (plan) =>
    `${plan} is not dearer than the plan of the license: only upgrades are possible.`,
  changed: {
    end: (license, was, now) => `The end of ${license} was ${was} and is now ${now}.`,
    units: (license, was, now) => `${license} had ${was} units and now has ${now}.`,
    plan: (license, was, now) => `The plan of ${license} was ${was} and is now ${now}.`,
    price: (license, was, now) => `The price for ${license} was ${was} and is now ${now}.`,
    obstacle: (license, reason) => `${license}: ${reason}`,
  },
}

const chinese: RenewalWords = {
  reasons: {
    revoked: '该许可证已被吊销。',
    refunded: '该许可证已退款。',
    under_review: '该许可证正在审核中，请联系支持。',
    order_open: '该许可证有一个未完成的订单，请先支付或取消。',
    metered: '正在按使用量计费，请先改为手动续订。',
    suspended: '该许可证已被暂停，请联系支持。',
    ended: '该许可证已终止，请重新购买。',
    retired: '该方案已停止销售。',
    currency: '该方案没有以此许可证的货币标定的价格。',
    too_far_ahead: '已预付至五年之后。',
    too_short: '续订将在三天内到期。',
  },
  orderOpen: (order) => `该许可证有未完成的订单 ${order}，请先支付或取消。`,
  notFound: '没有该许可证。',
  never: '该许可证不可续订：一次性和附赠的许可证到期即止。',
  twice: '该许可证被列出了两次。',
  expired: '该许可证已过期，请先续订。',
  whole_period: '该方案仅按整个有效期销售，请另行购买许可证。',
  moreUnits: (units) => `现有 ${units} 个单位。续订时可以减少；增加请另行购买。`,
  inUse: (units) => `有 ${units} 个单位正在使用，请先释放。`,
  wholeCycles: (months, licenses) => `${licenses} 的时长须为 ${months} 个月的整数倍。`,
  oneValidity: (months) => `该方案每次续订 ${months} 个月，且日期不变。`,
  noCycle: (plan, cycles) => `${plan} 仅按 ${cycles} 计费。`,
  tooLong: (licenses) => `最多可预付五年：请为 ${licenses} 选择更短的时长。`,
  otherCurrency: (currency) => `这些许可证以 ${currency} 续订。`,
  currencyIs: (currency) => `以 ${currency} 续订：请与其他货币分开下单。`,
  noPlan: '该产品没有可升级到的此方案。',
  samePlan: '该许可证已是此方案。',
  downgrade: (plan) => `${plan} 不高于现有方案：只能升级。`,
  changed: {
    end: (license, was, now) => `${license} 的到期时间原为 ${was}，现为 ${now}。`,
    units: (license, was, now) => `${license} 原有 ${was} 个单位，现有 ${now} 个。`,
    plan: (license, was, now) => `${license} 的方案原为 ${was}，现为 ${now}。`,
    price: (license, was, now) => `${license} 的价格原为 ${was}，现为 ${now}。`,
    obstacle: (license, reason) => `${license}：${reason}`,
  },
}

export const RENEWAL_WORDS = { en, 'zh-CN': chinese } as const
export type RenewalLocale = keyof typeof RENEWAL_WORDS
