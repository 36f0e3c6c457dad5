/** The languages that pages, notices and mails are written in. English is the source. */
export const LOCALES = ['en', 'zh-CN'] as const
export type Locale = (typeof LOCALES)[number]

/** Any BCP 47 tag (`zh-Hans-SG`, `EN_us`, null) as the nearest language we have; English otherwise. */
export function nearestLocale(tag: string | null | undefined): Locale {
  return /^zh\b/i.test((tag ?? '').replaceAll('_', '-')) ? 'zh-CN' : 'en'
}

/** The first language of an Accept-Language header that we have, by its weights; English otherwise. */
export function localeOfHeader(acceptLanguage: string | null | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const weight = parameters
        .map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(p)?.[1])
        .find(Boolean)
      return { tag, weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ tag, weight }) => weight > 0 && /^(en|zh)\b/i.test(tag))
    .toSorted((a, b) => b.weight - a.weight)
  return nearestLocale(wanted[0]?.tag)
}
