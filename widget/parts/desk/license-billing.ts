import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { RenewalClient } from '../../api/renewal-client.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { httpUrl } from '../../state/configuration.ts'
import type { ManagerSession } from '../../state/manager-session.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { surfaces } from '../../styles/surfaces.ts'
import { icon } from '../icons.ts'
import { problemNotice } from '../problem-notice.ts'

/**
 * The address of the provider's page is asked for first; then it is a real link in a new window, so
 * that no popup blocker stands between (S29).
 *
 * @summary The way to the payment method and the invoices.
 */
export class LicenseBilling extends LitElement {
  static override styles = [
    base,
    controls,
    surfaces,
    css`
      .card {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--_step) * 3) calc(var(--_step) * 5);
        padding: calc(var(--_step) * 4);
      }
      .text {
        flex: 1 1 240px;
      }
      .alert {
        flex: 1 1 100%;
      }
    `,
  ]

  @property({ attribute: false }) session: ManagerSession | null = null

  @state() private url: string | null = null
  @state() private isPreparing = false
  @state() private problem: ApiProblem | null = null
  #running: AbortController | null = null

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#running?.abort()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, problem } = this
    if (session === null) return nothing
    const { billing, billingText } = session.manager.subscriptions
    return html`<div class="card">
      <div class="text">
        <h3>${billing}</h3>
        <p class="muted small">${billingText}</p>
      </div>
      ${this.#renderAction(session)}
      ${problem ? problemNotice({ problem, words: session.words, retry: this.#prepare }) : nothing}
    </div>`
  }

  #renderAction(session: ManagerSession): TemplateResult {
    const { billingPrepare, billingPreparing, billingOpen } = session.manager.subscriptions
    if (this.url !== null) {
      return html`<a class="button primary" target="_blank" rel="noopener" href=${this.url}>
        ${billingOpen} ${icon('external')}
        <span class="visually-hidden">${session.words.common.opensNewTab}</span>
      </a>`
    }
    return html`<button
      type="button"
      class="button"
      aria-disabled=${this.isPreparing}
      @click=${this.#prepare}
    >
      ${this.isPreparing ? html`<span class="spinner"></span> ${billingPreparing}` : billingPrepare}
    </button>`
  }

  readonly #prepare = async (): Promise<void> => {
    if (this.session === null || this.isPreparing) return
    const running = (this.#running = new AbortController())
    this.isPreparing = true
    this.problem = null
    try {
      const renewals = new RenewalClient(this.session.client)
      const answer = await renewals.billingPortal(pageUrl(), running.signal)
      this.url = httpUrl(answer.url)
      await this.updateComplete
      this.renderRoot.querySelector('a')?.focus()
    } catch (thrown) {
      if (!running.signal.aborted) this.problem = asProblem(thrown)
    }
    this.isPreparing = false
  }
}

/** This page without its fragment, which is nobody else's business. */
function pageUrl(): string {
  const url = new URL(location.href)
  url.hash = ''
  return url.href
}
