import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { CataloguePlan } from '../../server/contract/catalogue.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { define } from '../define.ts'
import { errorEvent } from '../events.ts'
import { typeName, typesOf } from '../state/license-types.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { surfaces } from '../styles/surfaces.ts'
import { managerSkeleton, managerSkeletonStyles } from './manager-skeleton.ts'
import { problemNotice } from './problem-notice.ts'
import { loadDesk } from './load-desk.ts'

interface DeskFrame {
  readonly session: ManagerSession
  readonly plans: readonly CataloguePlan[]
  readonly ids: readonly string[] | null
  readonly onClose: () => void
}

/** The desk in the manager; plans without a cycle have nothing to renew. */
export function deskView({ session, plans, ids, onClose }: DeskFrame): TemplateResult {
  const types = typesOf(plans.filter(({ cycles }) => cycles.length > 0))
  const named = types.map((type) => ({ type, name: typeName(type, plans, session.manager) }))
  return html`<license-desk-view
    exportparts="button, primary, dialog, row, status, total"
    .session=${session}
    .content=${() =>
      html`<license-renewal-desk
        exportparts="button, primary, dialog, row, status, total"
        .session=${session}
        .ids=${ids}
        .types=${named}
        .onClose=${onClose}
      ></license-renewal-desk>`}
  ></license-desk-view>`
}

/** "Manage Subscriptions" comes in the same file. @param grantType  of complimentary licenses */
export function subscriptionsView(
  session: ManagerSession,
  grantType: string | null,
): TemplateResult {
  return html`<license-desk-view
    .session=${session}
    .content=${() =>
      html`<license-subscriptions
        exportparts="button"
        .session=${session}
        .grantType=${grantType}
      ></license-subscriptions>`}
  ></license-desk-view>`
}

/** @summary Where the renewal desk stands once it is loaded, and what is said when it cannot be. */
export class DeskView extends LitElement {
  static override styles = [base, controls, surfaces, managerSkeletonStyles]

  @property({ attribute: false }) session: ManagerSession | null = null
  /** What stands there; its elements are defined by then. */
  @property({ attribute: false }) content: () => TemplateResult = () => html``

  @state() private isLoaded = false
  @state() private problem: ApiProblem | null = null

  async refreshQuietly(): Promise<void> {
    const desk = this.renderRoot.querySelector('license-renewal-desk')
    if (desk !== null && 'refreshQuietly' in desk) await asDesk(desk).refreshQuietly()
  }

  protected override firstUpdated(_changed: PropertyValues<this>): void {
    void this.#load()
  }

  protected override render(): TemplateResult {
    const { session, problem } = this
    if (session !== null && problem !== null) {
      return problemNotice({ problem, words: session.words, retry: () => void this.#load() })
    }
    if (!this.isLoaded || session === null) return managerSkeleton()
    return this.content()
  }

  async #load(): Promise<void> {
    this.problem = null
    try {
      const { RenewalDesk } = await loadDesk()
      define('license-renewal-desk', RenewalDesk)
      this.isLoaded = true
    } catch (thrown) {
      this.problem = asProblem(thrown)
      this.dispatchEvent(errorEvent(this.problem))
    }
  }
}

/** The tag is ours alone; a second copy of the script leaves the first one's class in place. */
function asDesk(element: Element): Element & { refreshQuietly(): Promise<void> } {
  return element as Element & { refreshQuietly(): Promise<void> }
}
