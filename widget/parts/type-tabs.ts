import { css, html, nothing, type TemplateResult } from 'lit'

export interface TypeTab {
  readonly type: string
  readonly label: string
  /** Stands behind the label. */
  readonly mark?: TemplateResult
}

interface TypeTabs {
  /** Name of the row, for assistive technology. */
  readonly label: string
  readonly tabs: readonly TypeTab[]
  readonly chosen: string
  /** Id, in the same root, of what the tabs switch. */
  readonly panelId: string
  readonly choose: (type: string) => void
}

/** Tabs with one stop for Tab; arrows, Home and End move and choose at once. */
export function typeTabs({ label, tabs, chosen, panelId, choose }: TypeTabs): TemplateResult {
  const moveBy = (event: KeyboardEvent) => {
    const index = tabs.findIndex(({ type }) => type === chosen)
    const next = tabs[indexAfter(event.key, index, tabs.length, isRightToLeft(event))]
    if (next === undefined) return
    event.preventDefault()
    choose(next.type)
    focusTab(event, next.type)
  }
  return html`<div role="tablist" class="tabs" aria-label=${label} @keydown=${moveBy}>
    ${tabs.map(
      (tab) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${tab.type}"
          aria-selected=${tab.type === chosen}
          aria-controls=${panelId}
          tabindex=${tab.type === chosen ? 0 : -1}
          @click=${() => choose(tab.type)}
        >
          ${tab.label} ${tab.mark ?? nothing}
        </button>`,
    )}
  </div>`
}

function indexAfter(key: string, index: number, count: number, isMirrored: boolean): number {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
  if (step !== undefined) return (index + (isMirrored ? -step : step) + count) % count
  return { Home: 0, End: count - 1 }[key] ?? -1
}

function isRightToLeft({ currentTarget }: Event): boolean {
  return currentTarget instanceof Element && getComputedStyle(currentTarget).direction === 'rtl'
}

function focusTab({ currentTarget }: Event, type: string): void {
  if (!(currentTarget instanceof Element)) return
  currentTarget.querySelector<HTMLElement>(`#tab-${CSS.escape(type)}`)?.focus()
}

export const typeTabsStyles = css`
  .tabs {
    display: flex;
    gap: calc(var(--_step) * 6);
    overflow-x: auto;
    border-block-end: 1px solid var(--_line);
    scrollbar-width: none;
  }

  .tabs button {
    flex: none;
    min-block-size: 44px;
    padding: 0 2px 2px;
    border: 0;
    margin-block-end: -1px;
    background: none;
    color: var(--_muted);
    font-weight: 550;
    cursor: pointer;
  }

  .tabs button:hover {
    color: var(--_text);
  }

  .tabs button[aria-selected='true'] {
    padding-block-end: 0;
    border-block-end: 2px solid var(--_accent);
    color: var(--_text);
  }

  .tabs button:focus-visible {
    outline-offset: -3px;
  }
`
