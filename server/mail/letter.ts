/** A mail as blocks, and its two forms. Both come from the same blocks, so the text twin says the same. */
import type { Locale } from '../i18n/locales.ts'
import { htmlOf } from './letter-html.ts'

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** Pairs of a label and a value; a row that is null is left out. */
  | {
      readonly kind: 'facts'
      readonly rows: readonly (readonly [label: string, value: string] | null)[]
    }
  | { readonly kind: 'links'; readonly links: readonly Link[] }
  /** The one thing to do now. */
  | { readonly kind: 'button'; readonly link: Link }
  /** What applies, below everything else. */
  | { readonly kind: 'footer'; readonly title: string; readonly links: readonly Link[] }

export interface Link {
  readonly label: string
  /** Left out unless it is an http or https address. */
  readonly href: string
}

export interface Attachment {
  readonly filename: string
  readonly contentType: string
  readonly content: string
}

export interface Letter {
  readonly subject: string
  readonly blocks: readonly Block[]
  readonly attachments?: readonly Attachment[]
}

export interface RenderedMail {
  /** One line: no control characters, at most 200 code points (N11). */
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly attachments: readonly Attachment[]
}

export function renderLetter(letter: Letter, locale: Locale): RenderedMail {
  const subject = headerLine(letter.subject)
  const blocks = letter.blocks.map(shown).filter((block) => block !== null)
  return {
    subject,
    html: htmlOf(blocks, subject, locale),
    text: textOf(blocks, subject),
    attachments: letter.attachments ?? [],
  }
}

const SUBJECT_LIMIT = 200

/**
 * Text that is safe as a header: line breaks of every kind (also NEL, LS, PS), other controls and
 * marks that reorder what is read become spaces; cut by code point.
 */
export function headerLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim()
  const points = [...line]
  return points.length <= SUBJECT_LIMIT ? line : `${points.slice(0, SUBJECT_LIMIT - 1).join('')}…`
}

/** Without what must not be shown: rows that are null, links that lead to no web page. */
function shown(block: Block): Block | null {
  switch (block.kind) {
    case 'facts':
      return { kind: 'facts', rows: block.rows.filter((row) => row !== null) }
    case 'links':
    case 'footer':
      return { ...block, links: block.links.filter(isWebLink) }
    case 'button':
      return isWebLink(block.link) ? block : null
    case 'heading':
    case 'paragraph':
      return block
  }
}

function isWebLink({ href }: Link): boolean {
  return /^https?:\/\/[^\s]+$/i.test(href)
}

function textOf(blocks: readonly Block[], subject: string): string {
  return `${[subject, ...blocks.map(blockText)].join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return oneLine(block.text)
    case 'facts':
      return block.rows
        .filter((row) => row !== null)
        .map(([label, value]) => `${oneLine(label)}: ${oneLine(value)}`)
        .join('\n')
    case 'links':
      return block.links.map(linkText).join('\n')
    case 'button':
      return linkText(block.link)
    case 'footer':
      return [oneLine(block.title), ...block.links.map(linkText)].join('\n')
  }
}

function linkText({ label, href }: Link): string {
  return `${oneLine(label)}: ${href}`
}

/** One line of the text form: a name with line breaks cannot pose as a line of ours. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
