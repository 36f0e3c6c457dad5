import { html, LitElement, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'

/** @summary Everything inside `<license-manager>`; loaded when the first one is connected. */
export class ManagerPanel extends LitElement {
  static override styles = [base]

  @property({ attribute: false }) session: Session | null = null
  @property() view: 'licenses' | 'renewals' | 'allocations' = 'licenses'

  protected override render(): TemplateResult {
    return html`<h2>${this.session?.words.manager.label}</h2>`
  }
}
