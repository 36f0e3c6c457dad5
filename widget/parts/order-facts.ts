import { css, html, nothing, type TemplateResult } from 'lit'
import type { Order } from '../../server/contract/orders.ts'
import { formatMoney } from '../../server/domain/money.ts'
import { paymentWords } from '../i18n/payment.ts'
import { httpUrl } from '../state/configuration.ts'
import type { Session } from '../state/session.ts'

/** Number and amount of an order: what a customer quotes to support. */
export function orderFacts(order: Order, { words, locale }: Session): TemplateResult {
  return html`<dl class="facts">
    <div>
      <dt class="muted small">${paymentWords(words).outcome.order}</dt>
      <dd class="mono">${order.id}</dd>
    </div>
    <div>
      <dt class="muted small">${paymentWords(words).outcome.total}</dt>
      <dd class="money">${formatMoney(order.total, order.currency, locale)}</dd>
    </div>
    ${receiptLink(order.receipt_url, words)}
  </dl>`
}

/** Once it is paid: what was charged, line by line, to print or to keep. */
function receiptLink(url: string | null, words: Session['words']) {
  const href = url === null ? null : httpUrl(url)
  if (href === null) return nothing
  const { receipt, receiptOpen } = paymentWords(words).outcome
  return html`<div>
    <dt class="muted small">${receipt}</dt>
    <dd>
      <a href=${href} target="_blank" rel="noopener"
        >${receiptOpen}<span class="visually-hidden"> ${words.common.opensNewTab}</span></a
      >
    </dd>
  </div>`
}

/** The calm centred view that follows the form: a mark, a heading, a sentence, actions. */
export const orderViewStyles = css`
  .view {
    display: grid;
    justify-items: center;
    gap: calc(var(--_step) * 4);
    max-inline-size: 560px;
    margin-inline: auto;
    padding-block: calc(var(--_step) * 8);
    text-align: center;
  }

  .mark {
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    border-radius: 50%;
    font-size: 1.5em;
    color: var(--_tone, var(--_accent));
    background: color-mix(in srgb, var(--_tone, var(--_accent)) 12%, var(--_surface));
  }

  .mark.good {
    --_tone: var(--_success);
  }
  .mark.careful {
    --_tone: var(--_warning);
  }
  .mark.bad {
    --_tone: var(--_danger);
  }

  .words {
    text-wrap: balance;
    display: grid;
    gap: calc(var(--_step) * 2);
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: calc(var(--_step) * 2) calc(var(--_step) * 10);
    inline-size: 100%;
    padding: calc(var(--_step) * 4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  .facts dd {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: calc(var(--_step) * 3);
  }

  .quiet {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    align-items: center;
    gap: calc(var(--_step) * 1) calc(var(--_step) * 5);
  }

  .quiet a {
    padding-block: 4px;
  }
`
