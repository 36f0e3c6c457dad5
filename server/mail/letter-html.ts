/**
 * The HTML form of a letter. Tables and inline styles, because that is what mail programs show alike;
 * the sheet in the head only adds what inline styles cannot say: the dark scheme and narrow windows.
 * Programs that drop the sheet still show a whole letter.
 */
import type { Locale } from '../i18n/locales.ts'
import type { Block, Link } from './letter.ts'

/** @param blocks  already without what must not be shown */
export function htmlOf(blocks: readonly Block[], subject: string, locale: Locale): string {
  const inside = blocks.filter(({ kind }) => kind !== 'footer')
  const below = blocks.filter(({ kind }) => kind === 'footer')
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    `<title>${escaped(subject)}</title><style>${SHEET}</style></head>`,
    `<body class="page" style="${STYLES.page}">`,
    `<table role="presentation" width="100%" class="page" style="${STYLES.frame}"><tr><td align="center">`,
    `<table role="presentation" class="width" style="${STYLES.width}"><tr><td class="card" style="${STYLES.card}">`,
    `<h1 style="${STYLES.subject}"><bdi>${escaped(subject)}</bdi></h1>`,
    ...inside.map(blockHtml),
    '</td></tr>',
    ...below.map(
      (block) => `<tr><td class="below" style="${STYLES.below}">${blockHtml(block)}</td></tr>`,
    ),
    '</table></td></tr></table></body></html>',
  ].join('\n')
}

const FONT =
  "system-ui,-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif"

const STYLES = {
  page: 'margin:0;padding:0;background:#f3f4f6;color:#1b1f24',
  frame: `border-collapse:collapse;background:#f3f4f6;font:16px/1.6 ${FONT}`,
  width: 'width:100%;max-width:600px;border-collapse:separate;border-spacing:0;margin:24px auto',
  card: 'padding:32px;background:#ffffff;color:#1b1f24;border:1px solid #dfe2e6;border-radius:12px;text-align:start',
  below: 'padding:20px 32px;color:#565e69;font-size:13px;line-height:1.7;text-align:start',
  subject: 'font-size:22px;line-height:1.3;letter-spacing:-0.01em;margin:0 0 20px',
  heading: 'font-size:16px;line-height:1.4;margin:28px 0 8px',
  text: 'margin:0 0 16px',
  table: 'width:100%;border-collapse:collapse;margin:0 0 16px;font-size:15px;line-height:1.5',
  label:
    'width:36%;padding:8px 16px 8px 0;border-top:1px solid #dfe2e6;color:#565e69;text-align:start;vertical-align:top;font-weight:normal',
  value:
    'padding:8px 0;border-top:1px solid #dfe2e6;text-align:end;vertical-align:top;font-weight:600',
  list: 'margin:0 0 16px;padding:0 0 0 20px',
  link: 'color:#0b5cad',
  button:
    'display:inline-block;padding:12px 24px;border-radius:8px;background:#0b5cad;color:#ffffff;font-weight:600;text-decoration:none',
  footerLink: 'color:#565e69;white-space:nowrap',
} as const

/** Colours of the dark scheme win over the inline ones; in a narrow window a value stands below its label. */
const SHEET = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'body{overflow-wrap:anywhere;-webkit-text-size-adjust:100%}',
  '@media (max-width:480px){',
  '.width{margin:0 auto!important}.card{padding:24px 20px!important;border-radius:0!important;border-width:0 0 1px!important}',
  '.below{padding:20px!important}',
  '.label,.value{display:block!important;width:auto!important;text-align:start!important}',
  '.label{padding:8px 0 0!important}.value{padding:0 0 8px!important;border-top:0!important}',
  '.button{display:block!important;text-align:center!important}}',
  '@media (prefers-color-scheme:dark){',
  '.page{background:#14161a!important;color:#e8eaed!important}',
  '.card{background:#1c1f25!important;color:#e8eaed!important;border-color:#343a43!important}',
  '.label,.below,.below a{color:#a5adb8!important}.label,.value{border-color:#343a43!important}',
  '.link{color:#7db8ff!important}.button{background:#7db8ff!important;color:#0b1420!important}}',
].join('')

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2 style="${STYLES.heading}">${escaped(block.text)}</h2>`
    case 'paragraph':
      return `<p style="${STYLES.text}">${escaped(block.text)}</p>`
    case 'facts':
      return [
        `<table style="${STYLES.table}">`,
        ...block.rows.filter((row) => row !== null).map(rowHtml),
        '</table>',
      ].join('\n')
    case 'links':
      return [
        `<ul style="${STYLES.list}">`,
        ...block.links.map((link) => `<li>${linkHtml(link, 'link', STYLES.link)}</li>`),
        '</ul>',
      ].join('\n')
    case 'button':
      return `<p style="${STYLES.text}">${linkHtml(block.link, 'button', STYLES.button)}</p>`
    case 'footer':
      return `${escaped(block.title)}<br>${block.links
        .map((link) => linkHtml(link, 'quiet', STYLES.footerLink))
        .join(' · ')}`
  }
}

function rowHtml([label, value]: readonly [string, string]): string {
  return (
    `<tr><th scope="row" class="label" style="${STYLES.label}"><bdi>${escaped(label)}</bdi></th>` +
    `<td class="value" style="${STYLES.value}"><bdi>${escaped(value)}</bdi></td></tr>`
  )
}

function linkHtml({ label, href }: Link, name: string, style: string): string {
  return `<a class="${name}" style="${style}" href="${escaped(href)}">${escaped(label)}</a>`
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
