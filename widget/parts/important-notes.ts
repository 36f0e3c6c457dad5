import { css, html, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Catalogue, Notices } from '../../server/contract/catalogue.ts'
import { httpUrl } from '../state/configuration.ts'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { LicensePart } from './license-part.ts'

/** @summary The notes that a purchase accepts (S8, S9): all of them, readable where they stand. */
export class ImportantNotes extends LicensePart {
  static override styles = [
    base,
    css`
      h3 {
        margin-block-end: calc(var(--_step) * 3);
      }

      ol {
        counter-reset: note;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
        gap: calc(var(--_step) * 4) calc(var(--_step) * 8);
      }

      li {
        counter-increment: note;
        display: grid;
        grid-template-columns: auto 1fr;
        column-gap: calc(var(--_step) * 2.5);
        font-size: 0.9em;
      }

      li::before {
        content: counter(note) '.';
        color: var(--_muted);
        font-variant-numeric: tabular-nums;
      }

      strong {
        font-weight: 600;
      }

      .links {
        display: flex;
        flex-wrap: wrap;
        gap: calc(var(--_step) * 1) calc(var(--_step) * 5);
        margin-block-start: calc(var(--_step) * 4);
        font-size: 0.867em;
      }

      .links a {
        padding-block: 4px;
      }
    `,
  ]

  @property({ attribute: false }) notices: Notices | null = null
  @property({ attribute: false }) links: Catalogue['links'] | null = null

  protected override render(): TemplateResult | typeof nothing {
    const { session, notices, links } = this
    if (session === null || notices === null || links === null) return nothing
    const { notes, common } = session.words
    return html`
      <h3>${notes.title}</h3>
      <ol>
        ${notices.items.map(
          ({ title, text }) =>
            html`<li>
              <div>
                <strong>${title}</strong>
                <p class="muted">${this.#linked(text, links.contact, session)}</p>
              </div>
            </li>`,
        )}
      </ol>
      <p class="links">
        ${this.#link(links.refund_policy, notes.refundPolicy, session)}
        ${this.#link(links.terms, notes.terms, session)}
        ${this.#link(links.privacy, notes.privacy, session)}
        ${this.#link(links.contact, common.contactUs, session)}
      </p>
    `
  }

  /** "Contact us" leads to the support form (S11); the words themselves stay as they are. */
  #linked(text: string, contact: string, session: Session): TemplateResult | string {
    const phrase = session.words.notes.contactPhrase
    const at = text.toLowerCase().indexOf(phrase.toLowerCase())
    if (at === -1) return text
    const end = at + phrase.length
    const link = this.#link(contact, text.slice(at, end), session)
    return html`${text.slice(0, at)}${link}${text.slice(end)}`
  }

  #link(url: string, label: string, { client, words }: Session): TemplateResult | typeof nothing {
    const href = httpUrl(url, client.center)
    if (href === null) return nothing
    return html`<a href=${href} target="_blank" rel="noopener"
      >${label}<span class="visually-hidden"> ${words.common.opensNewTab}</span></a
    >`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-important-notes': ImportantNotes
  }
}
