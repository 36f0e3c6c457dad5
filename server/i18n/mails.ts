import type { Locale } from './locales.ts'
import { mailsEn } from './mails-en.ts'
import { mailsZhCn } from './mails-zh-cn.ts'

export type MailWords = typeof mailsEn

const WORDS: Readonly<Record<Locale, MailWords>> = { en: mailsEn, 'zh-CN': mailsZhCn }

export function mailWords(locale: Locale): MailWords {
  return WORDS[locale]
}
