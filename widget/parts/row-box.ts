import { css, html, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'

interface RowBox {
  readonly label: string
  readonly isSelected: boolean
  /** `isRange`: with Shift, everything since the last one as well. */
  readonly onSelect: (isSelected: boolean, isRange: boolean) => void
}

/** A click with Shift takes the rows between along; a check box alone does not know the key. */
export function rowBox({ label, isSelected, onSelect }: RowBox): TemplateResult {
  let isRange = false
  // A click on the label comes twice, and only the first time with its keys.
  const clicked = ({ shiftKey }: MouseEvent) => (isRange ||= shiftKey)
  const pressed = ({ shiftKey, key }: KeyboardEvent) => (isRange = shiftKey && key === ' ')
  const changed = () => {
    onSelect(!isSelected, isRange)
    isRange = false
  }
  return html`<label class="box" @click=${clicked} @keydown=${pressed}>
    <input type="checkbox" aria-label=${label} .checked=${live(isSelected)} @change=${changed} />
  </label>`
}

interface PageBox {
  readonly label: string
  readonly state: 'none' | 'some' | 'all'
  readonly isEmpty: boolean
  readonly onSelect: () => void
}

/** Empty, half and full (line 29). */
export function pageBox({ label, state, isEmpty, onSelect }: PageBox): TemplateResult {
  return html`<label class="box">
    <input
      type="checkbox"
      aria-label=${label}
      .checked=${live(state === 'all')}
      .indeterminate=${live(state === 'some')}
      ?disabled=${isEmpty}
      @change=${onSelect}
    />
  </label>`
}

export const boxStyles = css`
  .box {
    display: grid;
    place-items: center;
    min-inline-size: 28px;
    min-block-size: 28px;
    margin: -4px;
    cursor: pointer;
  }
  .box input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .select {
    inline-size: 48px;
  }
  tr.chosen {
    background: var(--_accent-soft);
  }
  /* Both bars lie in one cell, so that choosing a row moves nothing. */
  .bars {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .bars > * {
    grid-area: 1 / 1;
  }
  .bars > [inert] {
    visibility: hidden;
  }
  .bulk {
    align-items: center;
    align-content: center;
    padding-inline: calc(var(--_step) * 2);
    border-radius: var(--_radius);
    background: var(--_accent-soft);
  }
  .facts {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--_step) * 4);
  }

  @container (inline-size < 640px) {
    tbody tr:has(.select) {
      padding-inline-start: calc(var(--_step) * 12);
    }
    td.select {
      position: absolute;
      inset-block-start: calc(var(--_step) * 4);
      inset-inline-start: calc(var(--_step) * 4);
      inline-size: auto;
    }
  }
`
