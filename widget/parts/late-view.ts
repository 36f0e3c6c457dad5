import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { CataloguePlan } from '../../server/contract/catalogue.ts'
import type { License } from '../../server/contract/licenses.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { errorEvent } from '../events.ts'
import { typeName, typesOf } from '../state/license-types.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { surfaces } from '../styles/surfaces.ts'
import { type LateFile, loadFile } from './late-files.ts'
import { managerSkeleton, managerSkeletonStyles } from './manager-skeleton.ts'
import { problemNotice } from './problem-notice.ts'

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
  return late(
    'desk',
    session,
    () =>
      html`<license-renewal-desk
        exportparts="button, primary, dialog, row, status, total"
        .session=${session}
        .ids=${ids}
        .types=${named}
        .onClose=${onClose}
      ></license-renewal-desk>`,
  )
}

/** "Manage Subscriptions" comes in the desk's file. @param grantType  of complimentary licenses */
export function subscriptionsView(
  session: ManagerSession,
  grantType: string | null,
): TemplateResult {
  return late(
    'desk',
    session,
    () =>
      html`<license-subscriptions
        exportparts="button"
        .session=${session}
        .grantType=${grantType}
      ></license-subscriptions>`,
  )
}

/** What the sheet of one license shows first. */
export type LicenseTab = 'overview' | 'activations'

export interface ShownLicense {
  readonly license: License
  /** RFC 3339, the server's when it sent the license. */
  readonly now: string
  readonly tab: LicenseTab
}

export function licenseView(session: ManagerSession, shown: ShownLicense): TemplateResult {
  return late(
    'activation',
    session,
    () =>
      html`<license-panel
        exportparts="button, primary, status"
        .session=${session}
        .shown=${shown}
      ></license-panel>`,
  )
}

export function allocationsView(session: ManagerSession): TemplateResult {
  return late(
    'activation',
    session,
    () =>
      html`<license-allocation-log
        exportparts="button, row"
        .session=${session}
      ></license-allocation-log>`,
  )
}

/** @param onRedeemed  ids of the licenses that the code brought */
export function redeemView(
  session: ManagerSession,
  onRedeemed: (ids: readonly string[]) => void,
): TemplateResult {
  return late(
    'activation',
    session,
    () =>
      html`<license-redeem
        exportparts="button, primary"
        .session=${session}
        .onRedeemed=${onRedeemed}
      ></license-redeem>`,
  )
}

function late(
  file: LateFile,
  session: ManagerSession,
  content: () => TemplateResult,
): TemplateResult {
  return html`<license-late-view
    exportparts="button, primary, dialog, row, status, total"
    .file=${file}
    .session=${session}
    .content=${content}
  ></license-late-view>`
}

/** @summary Where something stands once its file is loaded, and what is said when it cannot be. */
export class LateView extends LitElement {
  static override styles = [base, controls, surfaces, managerSkeletonStyles]

  @property({ attribute: false }) session: ManagerSession | null = null
  @property({ attribute: false }) file: LateFile = 'desk'
  /** What stands there; its elements are defined by then. */
  @property({ attribute: false }) content: () => TemplateResult = () => html``

  @state() private isLoaded = false
  @state() private problem: ApiProblem | null = null

  async refreshQuietly(): Promise<void> {
    const shown = this.renderRoot.querySelector('license-renewal-desk, license-allocation-log')
    if (shown !== null && 'refreshQuietly' in shown) await asRefreshed(shown).refreshQuietly()
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
      await loadFile(this.file)
      this.isLoaded = true
    } catch (thrown) {
      this.problem = asProblem(thrown)
      this.dispatchEvent(errorEvent(this.problem))
    }
  }
}

/** The tags are ours alone; a second copy of the script leaves the first one's class in place. */
function asRefreshed(element: Element): Element & { refreshQuietly(): Promise<void> } {
  return element as Element & { refreshQuietly(): Promise<void> }
}
