/** Markdown of our own policies to HTML. Raw HTML is escaped and `javascript:` links are dropped by micromark. */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

export interface Section {
  /** Fragment of its heading: `#where-you-pay`. */
  readonly id: string
  readonly title: string
  readonly html: string
}

export interface Sections {
  /** What stands before the first heading of level 2; often empty. */
  readonly introHtml: string
  readonly sections: readonly Section[]
}

/** Cuts a document at its headings of level 2 (`## Title`), which must be plain text and unlike each other. */
export function sectionsOf(markdown: string): Sections {
  const [intro = '', ...parts] = markdown.split(/^## /m)
  return {
    introHtml: htmlOf(intro),
    sections: parts.map((part) => {
      const [title = '', ...body] = part.split('\n')
      return { id: fragmentOf(title), title: title.trim(), html: htmlOf(body.join('\n')) }
    }),
  }
}

function htmlOf(markdown: string): string {
  return micromark(markdown.trim(), { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

function fragmentOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
