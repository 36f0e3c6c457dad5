import { css, html, LitElement, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { encode } from 'uqr'

/** @summary An address to be read by a phone; loaded when it is asked for. */
export class QrCode extends LitElement {
  /** Dark on light in every theme: many readers refuse the inverse. */
  static override styles = css`
    :host {
      display: block;
      inline-size: 176px;
      padding: 12px;
      border-radius: 8px;
      background: #fff;
      forced-color-adjust: none;
    }

    svg {
      display: block;
      inline-size: 100%;
      fill: #000;
      shape-rendering: crispEdges;
    }
  `

  @property() text = ''
  @property() label = ''

  protected override render(): TemplateResult {
    const { data, size } = encode(this.text, { ecc: 'M', border: 0 })
    const path = data
      .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join('')
    return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label=${this.label}>
      <path d=${path} />
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'license-qr-code': QrCode
  }
}
