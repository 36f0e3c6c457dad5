import type { Locale } from './locales.ts'
import { pagesEn } from './pages-en.ts'
import { pagesZhCn } from './pages-zh-cn.ts'

export type PageWords = typeof pagesEn

const WORDS: Readonly<Record<Locale, PageWords>> = { en: pagesEn, 'zh-CN': pagesZhCn }

export function pageWords(locale: Locale): PageWords {
  return WORDS[locale]
}
