import { en, type Messages } from '../i18n/en.ts'

/** The words to show and the locale to format with; they always belong together. */
export interface Language {
  readonly words: Messages
  /** BCP 47, for Intl and Accept-Language. */
  readonly locale: string
}

/** English is in the bundle, so that there are words before anything has loaded. */
export const ENGLISH: Language = { words: en, locale: 'en' }

const LOADERS: Readonly<Record<string, () => Promise<Messages>>> = {
  zh: async () => (await import('../i18n/zh-cn.ts')).zhCn,
}

/**
 * The words for a language tag, with regional formatting where we speak the language (`en-GB`), and
 * English throughout where we do not: no sentence mixes two languages.
 */
export async function loadLanguage(tag: string): Promise<Language> {
  const locale = parseLocale(tag)
  if (locale === null || locale.language === 'en') {
    return { words: en, locale: locale === null ? 'en' : locale.toString() }
  }
  const load = LOADERS[locale.language]
  if (load === undefined) return ENGLISH
  const words = await load()
  return { words, locale: locale.script === 'Hant' ? words.$code : locale.toString() }
}

/** The nearest `lang` of an element's ancestors, through shadow roots; else the document's, else `en`. */
export function nearestLanguageTag(element: Element): string {
  const holder = element.closest('[lang]')
  if (holder !== null) return holder.getAttribute('lang') || 'en'
  const root = element.getRootNode()
  if (root instanceof ShadowRoot) return nearestLanguageTag(root.host)
  return document.documentElement.lang || 'en'
}

/** Calls back when a `lang` above the element changes. @returns stops watching */
export function watchLanguage(element: Element, changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  const holders = new Set([document.documentElement, element.closest('[lang]')])
  for (const holder of holders) {
    if (holder !== null && holder !== element) {
      observer.observe(holder, { attributes: true, attributeFilter: ['lang'] })
    }
  }
  return () => observer.disconnect()
}

function parseLocale(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'))
  } catch {
    return null
  }
}
