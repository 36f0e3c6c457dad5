/** What an update check says to a person. */
import type { Locale } from './locales.ts'

export interface UpdateFacts {
  /** To be installed; empty: nothing. */
  readonly version: string
  /** The newest that is offered. */
  readonly latest: string
  /** The newest that the license covers. */
  readonly lastEligible: string
  /** Local date of the end. */
  readonly endsOn: string
  /** What one cycle costs, ready to be shown; null: it cannot be renewed. */
  readonly price: string | null
  /** What a new license costs, ready to be shown; null unless this one has ended for good. */
  readonly newPrice: string | null
}

interface UpdateWords {
  readonly eligible: (facts: UpdateFacts) => string
  readonly up_to_date: () => string
  readonly newest_eligible: (facts: UpdateFacts) => string
  readonly not_entitled: (facts: UpdateFacts) => string
}

const EN: UpdateWords = {
  eligible: ({ version }) => `Version ${version} is available.`,
  up_to_date: () => 'This is the newest version.',
  newest_eligible: ({ version, latest, lastEligible, endsOn, price, newPrice }) =>
    `The license ended on ${endsOn}. ${version === '' ? `You have the newest version that it covers (${lastEligible})` : `It still covers version ${version}`}; version ${latest} needs ${newPrice === null ? `a renewal${price === null ? '' : ` for ${price}`}` : `a new license: this one can no longer be renewed, a new one costs ${newPrice}`}.`,
  not_entitled: ({ endsOn, price, newPrice }) =>
    `The license ended on ${endsOn} and covers no updates. ${newPrice === null ? `What is installed keeps running as far as its license lets it${price === null ? '' : `; a renewal costs ${price}`}` : `It can no longer be renewed: buy a new one for ${newPrice}`}.`,
}

const ZH_CN: UpdateWords = {
  eligible: ({ version }) => `版本 ${version} 可供更新。`,
  up_to_date: () => '已是最新版本。',
  newest_eligible: ({ version, latest, lastEligible, endsOn, price, newPrice }) =>
    `许可证已于 ${endsOn} 到期。${version === '' ? `您已安装其所含的最新版本(${lastEligible})` : `仍可更新到版本 ${version}`};版本 ${latest} ${newPrice === null ? `需要续订${price === null ? '' : `,费用 ${price}`}` : `需要新的许可证:此许可证已无法续订,新购费用为 ${newPrice}`}。`,
  not_entitled: ({ endsOn, price, newPrice }) =>
    `许可证已于 ${endsOn} 到期,不再包含更新。${newPrice === null ? `已安装的版本在许可证允许的范围内继续运行${price === null ? '' : `;续订费用为 ${price}`}` : `已无法续订:请以 ${newPrice} 重新购买`}。`,
}

export const UPDATE_WORDS: Readonly<Record<Locale, UpdateWords>> = { en: EN, 'zh-CN': ZH_CN }
