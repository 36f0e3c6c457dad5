import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { managerIcon } from './manager-icons.ts'

export interface MenuItem {
  readonly label: string
  readonly run: () => void
}

/**
 * A button with a menu, in the top layer, so that no scrolling box cuts it off. Arrow keys, Home
 * and End move, letters jump, Escape and Tab close; the focus returns to the button.
 *
 * @summary The actions of one row or card.
 */
export class LicenseMenu extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .button {
        min-inline-size: 32px;
        min-block-size: 32px;
        padding: 0;
        border-color: transparent;
        background: none;
        color: var(--_muted);
        anchor-name: --menu-button;
      }
      .button:hover,
      .button[aria-expanded='true'] {
        border-color: var(--_line);
        background: var(--_raised);
        color: var(--_text);
      }
      [popover] {
        position-anchor: --menu-button;
        position-area: block-end span-inline-start;
        position-try-fallbacks: flip-block, flip-inline;
        margin: 4px 0;
        min-inline-size: 200px;
        padding: calc(var(--_step) * 1);
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
        color: var(--_text);
        box-shadow: 0 8px 24px rgb(0 0 0 / 18%);
      }
      [role='menuitem'] {
        display: block;
        inline-size: 100%;
        min-block-size: 36px;
        padding: calc(var(--_step) * 1.5) calc(var(--_step) * 3);
        border: 0;
        border-radius: calc(var(--_radius) * 0.75);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      [role='menuitem']:hover,
      [role='menuitem']:focus-visible {
        background: var(--_raised);
      }
      [role='menuitem']:focus-visible {
        outline-offset: -2px;
      }
    `,
  ]

  @property() label = ''
  @property({ attribute: false }) items: readonly MenuItem[] = []

  @state() private isOpen = false

  /** The row now shows another license; its actions were not asked for. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.isOpen && changed.has('label')) this.#menu?.hidePopover()
  }

  protected override render(): TemplateResult {
    return html`<button
        type="button"
        class="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        aria-label=${this.label}
        title=${this.label}
        @keydown=${this.#openByKey}
      >
        ${managerIcon('more')}
      </button>
      <div
        id="menu"
        popover
        role="menu"
        aria-label=${this.label}
        @toggle=${this.#toggled}
        @keydown=${this.#move}
      >
        ${this.items.map(
          ({ label, run }) =>
            html`<button
              type="button"
              role="menuitem"
              tabindex="-1"
              @click=${() => this.#choose(run)}
            >
              ${label}
            </button>`,
        )}
      </div>`
  }

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[popover]')
  }

  get #entries(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')]
  }

  #openByKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    this.#menu?.showPopover()
    this.#focus(event.key === 'ArrowUp' ? -1 : 0)
  }

  #toggled(event: ToggleEvent): void {
    this.isOpen = event.newState === 'open'
    if (this.isOpen && !this.#menu?.matches(':focus-within')) this.#focus(0)
  }

  #move(event: KeyboardEvent): void {
    const at = this.#entries.findIndex((entry) => entry.matches(':focus'))
    if (event.key === 'Tab') return this.#close()
    if (event.key === 'Escape') {
      event.preventDefault()
      return this.#close()
    }
    const to = this.#target(event.key, at)
    if (to === null) return
    event.preventDefault()
    this.#focus(to)
  }

  #target(key: string, at: number): number | null {
    if (key === 'ArrowDown') return (at + 1) % this.#entries.length
    if (key === 'ArrowUp') return at - 1
    if (key === 'Home') return 0
    if (key === 'End') return -1
    if (key.length !== 1) return null
    const later = [...this.items.keys()].map((step) => (at + 1 + step) % this.items.length)
    const wanted = key.toLocaleLowerCase()
    return later.find((i) => this.items[i]?.label.toLocaleLowerCase().startsWith(wanted)) ?? null
  }

  /** @param index from the end where negative */
  #focus(index: number): void {
    this.#entries.at(index)?.focus()
  }

  #choose(run: () => void): void {
    this.#close()
    run()
  }

  /** The focus goes back first: what the action opens then returns it here. */
  #close(): void {
    this.#menu?.hidePopover()
    this.renderRoot.querySelector<HTMLElement>('.button')?.focus()
  }
}
