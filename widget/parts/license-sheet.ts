import { css, html, LitElement, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { managerIcon } from './manager-icons.ts'

/**
 * A native modal dialog that slides in from the end of the line, and fills a narrow screen. The
 * browser keeps the focus inside, closes on Escape and gives the focus back.
 *
 * @summary A panel over the list.
 * @slot - What it shows.
 * @fires close - It was closed, by whatever means. Does not bubble.
 * @csspart dialog - The panel.
 */
export class LicenseSheet extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      dialog {
        inline-size: min(100vw, 560px);
        block-size: 100dvh;
        max-inline-size: none;
        max-block-size: none;
        margin: 0;
        margin-inline-start: auto;
        padding: 0;
        border: 0;
        border-inline-start: 1px solid var(--_line);
        background: var(--_surface);
        color: var(--_text);
        overscroll-behavior: contain;
      }
      :host([wide]) dialog {
        inline-size: min(100vw, 960px);
      }
      dialog[open] {
        display: grid;
        grid-template-rows: auto 1fr;
        animation: enter 180ms ease-out;
      }
      dialog::backdrop {
        background: rgb(10 13 22 / 45%);
      }
      .header {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--_step) * 4);
        padding: calc(var(--_step) * 3) clamp(16px, 4vw, 28px);
        border-block-end: 1px solid var(--_line);
        background: var(--_surface);
      }
      .button {
        inline-size: 40px;
        padding: 0;
        border-color: transparent;
      }
      .body {
        container-type: inline-size;
        min-block-size: 0;
        padding: calc(var(--_step) * 6) clamp(16px, 4vw, 28px) calc(var(--_step) * 8);
      }
      @keyframes enter {
        from {
          opacity: 0;
          translate: 24px 0;
        }
      }
      :host(:dir(rtl)) dialog[open] {
        animation-name: none;
      }
    `,
  ]

  @property() heading = ''
  @property({ attribute: 'close-label' }) closeLabel = ''
  @property({ type: Boolean, reflect: true }) wide = false
  /** Closes when the page behind it is clicked; not where something could be lost. */
  @property({ type: Boolean }) dismissible = false

  get isOpen(): boolean {
    return this.#dialog?.open ?? false
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  show(): void {
    if (this.isOpen) return
    this.#dialog?.showModal()
    this.renderRoot.querySelector('h2')?.focus()
  }

  close(): void {
    this.#dialog?.close()
  }

  protected override render(): TemplateResult {
    return html`<dialog
      part="dialog"
      aria-labelledby="heading"
      @close=${() => this.dispatchEvent(new Event('close'))}
      @click=${this.#clicked}
    >
      <div class="header">
        <h2 id="heading" tabindex="-1">${this.heading}</h2>
        <button
          type="button"
          class="button"
          aria-label=${this.closeLabel}
          title=${this.closeLabel}
          @click=${this.close}
        >
          ${managerIcon('close')}
        </button>
      </div>
      <div class="body"><slot></slot></div>
    </dialog>`
  }

  /** A click beside the panel has the dialog itself as its target. */
  #clicked(event: MouseEvent): void {
    if (this.dismissible && event.target === this.#dialog) this.close()
  }
}
