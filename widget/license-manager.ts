import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { asProblem, type ApiProblem } from './api/problem.ts'
import { define } from './define.ts'
import { LicenseElement } from './parts/license-element.ts'
import { managerSkeleton, managerSkeletonStyles } from './parts/manager-skeleton.ts'
import { problemNotice } from './parts/problem-notice.ts'
import type { ConfigurationMistake } from './state/configuration.ts'
import type { Language } from './state/language.ts'
import type { Session } from './state/session.ts'

const VIEWS: readonly string[] = ['licenses', 'renewals', 'allocations']

/**
 * The licenses of a customer: see, add, export, renew one or many, and what renews by itself.
 *
 * This class is small and always there, so that frameworks find its properties; what it shows
 * loads when the first one is connected.
 *
 * @tag license-manager
 * @summary Lists a customer's licenses, and sells more.
 * @fires license-ready
 * @fires license-quote
 * @fires license-checkout-request - Cancelable: before a renewal is ordered.
 * @fires license-payment-open
 * @fires license-payment-pending
 * @fires license-purchased
 * @fires license-renewed - The server says that a renewal is paid.
 * @fires license-autorenew-changed - Licenses were moved to another renewal mode.
 * @fires license-cancelled
 * @fires license-error
 * @csspart root - Everything that the element shows.
 * @csspart panel - What is inside it.
 * @csspart button - Every large button.
 * @csspart primary - The primary ones.
 * @csspart dialog - Panels over the list.
 * @csspart row - A license.
 * @csspart status - Its status.
 * @csspart total - What a renewal costs today.
 */
export class LicenseManager extends LicenseElement {
  static override styles = [...LicenseElement.styles, managerSkeletonStyles]

  /** `licenses` is the list, `renewals` the desk that renews many, `allocations` the log of their use. */
  @property() view: 'licenses' | 'renewals' | 'allocations' = 'licenses'

  /** For the session of a private renew link: offers renewals by Checkout, and nothing else. */
  @property({ type: Boolean, attribute: 'renew-only' }) renewOnly = false

  @state() private isLoaded = false
  @state() private problem: ApiProblem | null = null

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed)
    void this.#load()
  }

  protected override findMistake(): ConfigurationMistake | null {
    if (VIEWS.includes(this.view)) return null
    return { attribute: 'view', got: this.view, allowed: VIEWS.join(', ') }
  }

  protected override label({ words }: Language): string {
    return words.manager.label
  }

  protected override renderLoading(): TemplateResult {
    return managerSkeleton()
  }

  protected override renderSession(session: Session): TemplateResult {
    if (this.problem !== null) {
      const { problem } = this
      return problemNotice({ problem, words: session.words, retry: () => void this.#load() })
    }
    if (!this.isLoaded) return this.renderLoading()
    return html`<license-manager-panel
      exportparts="panel, button, primary, dialog, row, status, total"
      .session=${session}
      .view=${this.view}
      .renewOnly=${this.renewOnly}
      .entry=${this.#entry}
    ></license-manager-panel>`
  }

  /** The other element, for the same product and customer. */
  readonly #entry = (type: string | null): TemplateResult =>
    html`<license-subscribe
      publishable-key=${this.publishableKey}
      center=${this.center}
      type=${type ?? ''}
      home-url=${this.homeUrl}
      currency=${this.currency}
      theme=${this.theme}
      lang=${this.session?.locale ?? nothing}
      .token=${this.token}
      .getToken=${this.getToken}
    ></license-subscribe>`

  async #load(): Promise<void> {
    this.problem = null
    try {
      const { ManagerPanel } = await import('./parts/manager-panel.ts')
      define('license-manager-panel', ManagerPanel)
      this.isLoaded = true
    } catch (thrown) {
      this.problem = asProblem(thrown)
      this.report(this.problem)
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-manager': LicenseManager
  }
}
