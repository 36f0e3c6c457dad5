import { css, html, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { CataloguePlan } from '../../server/contract/catalogue.ts'
import { formatMoney } from '../../server/domain/money.ts'
import type { Cycle, Field, MissingField, Selection } from '../state/selection.ts'
import type { Session } from '../state/session.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { choiceGroup, choiceGroupStyles } from './choice-group.ts'
import { LicensePart } from './license-part.ts'
import { missingSentence } from './missing-words.ts'
import { SelectionChange } from './selection-change.ts'
import { quantityField, quantityFieldStyles } from './quantity-field.ts'

/**
 * @summary The questions of one license type, by the rules of its plan (S4–S6).
 * @fires selection-change
 */
export class PlanForm extends LicensePart {
  static override styles = [
    base,
    controls,
    choiceGroupStyles,
    quantityFieldStyles,
    css`
      :host {
        display: grid;
        gap: calc(var(--_step) * 6);
      }
    `,
  ]

  /** Plans of the chosen license type. */
  @property({ attribute: false }) plans: readonly CataloguePlan[] = []
  @property({ attribute: false }) plan: CataloguePlan | null = null
  @property({ attribute: false }) selection: Selection | null = null
  /** Shown beside their fields; empty until the customer tried to go on. */
  @property({ attribute: false }) missing: readonly MissingField[] = []
  /** ISO 4217 of the prices shown beside the cycles. */
  @property() currency = ''

  /** Puts the focus on the first control of a field. */
  focusField(field: Field): void {
    const control = field === 'quantity' ? '#quantity' : `[name=${field}]`
    this.renderRoot.querySelector<HTMLElement>(control)?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, plan, selection } = this
    if (session === null || plan === null || selection === null) return nothing
    return html`
      ${this.plans.length > 1 ? this.#plans(session, plan) : nothing}
      ${plan.cycles.length > 0 ? this.#cycles(session, plan, selection) : nothing}
      ${quantityField({
        text: selection.quantityText,
        limits: plan.quantity,
        session,
        error: this.#error('quantity', session, plan),
        change: (quantityText) => this.#change({ quantityText }),
      })}
      ${this.#autoRenewal(session, plan, selection)}
    `
  }

  #plans({ words }: Session, plan: CataloguePlan): TemplateResult {
    return choiceGroup({
      name: 'plan',
      legend: words.form.plan,
      choices: this.plans.map(({ id, name }) => ({ value: id, label: name })),
      chosen: plan.id,
      choose: (value) => this.#change({ plan: value }),
    })
  }

  #cycles(session: Session, plan: CataloguePlan, selection: Selection): TemplateResult {
    const { monthly, annually, billingCycle } = session.words.form
    return choiceGroup({
      name: 'cycle',
      legend: billingCycle,
      choices: plan.cycles.map((cycle) => ({
        value: cycle,
        label: cycle === 'month' ? monthly : annually,
        hint: this.#unitPrice(session, plan, cycle),
      })),
      chosen: selection.cycle,
      error: this.#error('cycle', session, plan),
      choose: (value) => this.#change({ cycle: value === 'year' ? 'year' : 'month' }),
    })
  }

  #unitPrice({ words, locale }: Session, plan: CataloguePlan, cycle: Cycle): string | null {
    const price = plan.prices.find(
      (candidate) => candidate.cycle === cycle && candidate.currency === this.currency,
    )
    if (price === undefined) return null
    return `${formatMoney(price.unit_amount, price.currency, locale)} ${words.summary.per[cycle]}`
  }

  #autoRenewal(session: Session, plan: CataloguePlan, selection: Selection): TemplateResult {
    const { words } = session
    const isNever = plan.auto_renewal === 'never'
    const answer = { true: 'yes', false: 'no', null: null }[`${selection.autoRenew}`]
    return choiceGroup({
      name: 'autoRenewal',
      legend: words.form.autoRenewal,
      choices: [
        { value: 'yes', label: words.common.yes, hint: isNever ? null : words.form.autoRenewalYes },
        {
          value: 'no',
          label: words.common.no,
          hint: isNever ? words.form.autoRenewalNever : words.form.autoRenewalNo,
        },
      ],
      chosen: isNever ? 'no' : (answer ?? null),
      isDisabled: isNever,
      error: this.#error('autoRenewal', session, plan),
      choose: (value) => this.#change({ autoRenew: value === 'yes' }),
    })
  }

  #error(field: Field, session: Session, plan: CataloguePlan): string | null {
    const missing = this.missing.find((candidate) => candidate.field === field)
    return missing === undefined ? null : missingSentence(missing, plan.quantity, session)
  }

  #change(change: Partial<Selection>): void {
    this.dispatchEvent(new SelectionChange(change))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-plan-form': PlanForm
  }
}
