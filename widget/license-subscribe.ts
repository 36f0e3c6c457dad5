import { html, type TemplateResult } from 'lit'
import { LicenseElement } from './parts/license-element.ts'
import type { Language } from './state/language.ts'
import type { Session } from './state/session.ts'

/**
 * @summary Sells the licenses of one product inside a host console.
 * @csspart root - Everything that the element shows.
 */
export class LicenseSubscribe extends LicenseElement {
  protected override label({ words }: Language): string {
    return words.form.label
  }

  protected override renderLoading(): TemplateResult {
    return html`<div class="skeleton" aria-hidden="true"></div>`
  }

  protected override renderSession(session: Session): TemplateResult {
    return html`<h2>${session.words.form.label}</h2>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-subscribe': LicenseSubscribe
  }
}
