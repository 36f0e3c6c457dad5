/** A mail as blocks, and its two forms. Both come from the same blocks, so the text twin says the same. */
import type { Locale } from '../i18n/locales.ts'

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** Pairs of a label and a value; a row that is null is left out. */
  | {
      readonly kind: 'facts'
      readonly rows: readonly (readonly [label: string, value: string] | null)[]
    }
  | { readonly kind: 'links'; readonly links: readonly Link[] }

export interface Link {
  readonly label: string
  /** Left out unless it is an http or https address. */
  readonly href: string
}

export interface Letter {
  readonly subject: string
  readonly blocks: readonly Block[]
}

export interface RenderedMail {
  /** One line: no control characters, at most 200 code points (N11). */
  readonly subject: string
  readonly html: string
  readonly text: string
}

export function renderLetter(letter: Letter, locale: Locale): RenderedMail {
  const subject = headerLine(letter.subject)
  return { subject, html: htmlOf(letter, subject, locale), text: textOf(letter, subject) }
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

function textOf({ blocks }: Letter, subject: string): string {
  return `${[subject, ...blocks.map(blockText)].join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return oneLine(block.text)
    case 'facts':
      return rowsOf(block)
        .map(([label, value]) => `${oneLine(label)}: ${oneLine(value)}`)
        .join('\n')
    case 'links':
      return linksOf(block)
        .map(({ label, href }) => `${oneLine(label)}: ${href}`)
        .join('\n')
  }
}

/** One line of the text form: a name with line breaks cannot pose as a line of ours. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}

function htmlOf({ blocks }: Letter, subject: string, locale: Locale): string {
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(subject)}</title></head>`,
    `<body style="${STYLES.body}"><div style="${STYLES.page}">`,
    `<h1 style="${STYLES.subject}"><bdi>${escaped(subject)}</bdi></h1>`,
    ...blocks.map(blockHtml),
    '</div></body></html>',
  ].join('\n')
}

const STYLES = {
  body: 'margin:0;font:16px/1.6 system-ui,-apple-system,Segoe UI,PingFang SC,Microsoft YaHei,sans-serif',
  page: 'max-width:36rem;margin:0 auto;padding:24px 16px',
  subject: 'font-size:22px;line-height:1.3;margin:0 0 16px',
  heading: 'font-size:16px;margin:24px 0 8px',
  text: 'margin:0 0 16px',
  table: 'width:100%;border-collapse:collapse;margin:0 0 16px',
  label:
    'padding:6px 12px 6px 0;border-bottom:1px solid #c8ccd2;text-align:start;vertical-align:top;font-weight:normal',
  value:
    'padding:6px 0;border-bottom:1px solid #c8ccd2;text-align:end;vertical-align:top;font-weight:600',
} as const

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2 style="${STYLES.heading}">${escaped(block.text)}</h2>`
    case 'paragraph':
      return `<p style="${STYLES.text}">${escaped(block.text)}</p>`
    case 'facts':
      return [
        `<table style="${STYLES.table}">`,
        ...rowsOf(block).map(
          ([label, value]) =>
            `<tr><th scope="row" style="${STYLES.label}"><bdi>${escaped(label)}</bdi></th>` +
            `<td style="${STYLES.value}"><bdi>${escaped(value)}</bdi></td></tr>`,
        ),
        '</table>',
      ].join('\n')
    case 'links':
      return [
        '<ul>',
        ...linksOf(block).map(
          ({ label, href }) => `<li><a href="${escaped(href)}">${escaped(label)}</a></li>`,
        ),
        '</ul>',
      ].join('\n')
  }
}

function rowsOf(block: Extract<Block, { kind: 'facts' }>) {
  return block.rows.filter((row) => row !== null)
}

function linksOf(block: Extract<Block, { kind: 'links' }>): readonly Link[] {
  return block.links.filter(({ href }) => /^https?:\/\/[^\s]+$/i.test(href))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
