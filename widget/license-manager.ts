import { html, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { define } from './define.ts'
import { LicenseElement } from './parts/license-element.ts'
import type { Language } from './state/language.ts'
import type { Session } from './state/session.ts'

/**
 * The licenses of a customer: see, renew, add.
 *
 * This class is small and always there, so that frameworks find its properties; what it shows
 * loads when the first one is connected.
 *
 * @summary Lists, renews and activates a customer's licenses.
 * @fires license-ready
 * @fires license-error
 * @csspart root - Everything that the element shows.
 */
export class LicenseManager extends LicenseElement {
  /** What is shown first. */
  @property() view: 'licenses' | 'renewals' | 'allocations' = 'licenses'

  @state() private isLoaded = false

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed)
    void this.#load()
  }

  protected override label({ words }: Language): string {
    return words.manager.label
  }

  protected override renderLoading(): TemplateResult {
    return html`<div class="skeleton" aria-hidden="true"></div>`
  }

  protected override renderSession(session: Session): TemplateResult {
    if (!this.isLoaded) return this.renderLoading()
    return html`<license-manager-panel
      .view=${this.view}
      .session=${session}
    ></license-manager-panel>`
  }

  async #load(): Promise<void> {
    const { ManagerPanel } = await import('./parts/manager-panel.ts')
    define('license-manager-panel', ManagerPanel)
    this.isLoaded = true
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-manager': LicenseManager
  }
}
