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
  newest_eligible: ({ version, latest, lastEligible, endsOn, price }) =>
    `The license ended on ${endsOn}. ${version === '' ? `You have the newest version that it covers (${lastEligible})` : `It still covers version ${version}`}; version ${latest} needs a renewal${price === null ? '' : ` for ${price}`}.`,
  not_entitled: ({ endsOn, price }) =>
    `The license ended on ${endsOn} and covers no updates. What is installed keeps running as far as its license lets it${price === null ? '' : `; a renewal costs ${price}`}.`,
}

const ZH_CN: UpdateWords = {
  eligible: ({ version }) => `版本 ${version} 可供更新。`,
  up_to_date: () => '已是最新版本。',
  newest_eligible: ({ version, latest, lastEligible, endsOn, price }) =>
    `许可证已于 ${endsOn} 到期。${version === '' ? `您已安装其所含的最新版本(${lastEligible})` : `仍可更新到版本 ${version}`};版本 ${latest} 需要续订${price === null ? '' : `,费用 ${price}`}。`,
  not_entitled: ({ endsOn, price }) =>
    `许可证已于 ${endsOn} 到期,不再包含更新。已安装的版本在许可证允许的范围内继续运行${price === null ? '' : `;续订费用为 ${price}`}。`,
}

export const UPDATE_WORDS: Readonly<Record<Locale, UpdateWords>> = { en: EN, 'zh-CN': ZH_CN }
