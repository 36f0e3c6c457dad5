import { css, html, nothing, type TemplateResult } from 'lit'
import type { License } from '../../../server/contract/licenses.ts'
import type { ActivationSession } from '../../state/activation/activation-session.ts'
import { formatNumber } from '../../state/format.ts'

type Units = Pick<License, 'total' | 'reserved' | 'consumed' | 'one_time'>

/** Units as a bar and in words; of a one-time license what is gone for good apart from what is held. */
export function unitMeter(units: Units, session: ActivationSession): TemplateResult {
  const { total, reserved, consumed, one_time: isOneTime } = units
  const { use } = session.activation
  const number = (value: number) => formatNumber(value, session.locale)
  const left = total - reserved - consumed
  const share = (value: number) => (total === 0 ? 0 : Math.min(100, (value / total) * 100))
  return html`<div class="units">
    <p class="row">
      <strong>${use.inUse(number(reserved + consumed), number(total))}</strong>
      <span class="muted">${use.left(number(left))}</span>
    </p>
    <svg class="bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 8">
      <rect width="100" height="8" />
      <rect class="held" width=${share(consumed + reserved)} height="8" />
      <rect class="gone" width=${share(consumed)} height="8" />
    </svg>
    ${
      isOneTime
        ? html`<p class="legend small">
              <span><i class="gone"></i>${use.consumed(number(consumed))}</span>
              <span><i class="held"></i>${use.reserved(number(reserved))}</span>
            </p>
            <p class="hint">${use.oneTime}</p>`
        : left > 0
          ? nothing
          : html`<p class="hint">${use.full}</p>`
    }
  </div>`
}

export const unitMeterStyles = css`
  .units {
    display: grid;
    gap: calc(var(--_step) * 2);
  }
  .bar {
    display: block;
    inline-size: 100%;
    block-size: 8px;
    border-radius: 4px;
    fill: var(--_line);
  }
  .bar:dir(rtl) {
    scale: -1 1;
  }
  .bar .held {
    fill: color-mix(in srgb, var(--_accent) 50%, var(--_surface));
  }
  .bar .gone {
    fill: var(--_accent);
  }
  .units:not(:has(.legend)) .bar .held {
    fill: var(--_accent);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_step) * 1) calc(var(--_step) * 5);
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_step) * 2);
  }
  .legend i {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 2px;
    background: var(--_accent);
    forced-color-adjust: none;
  }
  .legend i.held {
    background: color-mix(in srgb, var(--_accent) 50%, var(--_surface));
  }
  @media (forced-colors: active) {
    .bar {
      fill: Canvas;
      outline: 1px solid CanvasText;
    }
    .bar .gone,
    .units:not(:has(.legend)) .bar .held {
      fill: CanvasText;
    }
    .bar .held,
    .legend i.held {
      fill: GrayText;
      background: GrayText;
    }
    .legend i.gone {
      background: CanvasText;
    }
  }
`
