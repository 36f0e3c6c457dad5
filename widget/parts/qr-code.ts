import { css, html, LitElement, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { correction, generate } from 'lean-qr/nano'

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
    const code = generate(this.text, { minCorrectionLevel: correction.M })
    return html`<svg viewBox="0 0 ${code.size} ${code.size}" role="img" aria-label=${this.label}>
      <path d=${outline(code)} />
    </svg>`
  }
}

/** One square for each dark module. */
function outline({ size, get }: ReturnType<typeof generate>): string {
  const places = Array.from({ length: size }, (_, place) => place)
  return places
    .flatMap((y) => places.filter((x) => get(x, y)).map((x) => `M${x} ${y}h1v1h-1z`))
    .join('')
}

declare global {
  interface HTMLElementTagNameMap {
    'license-qr-code': QrCode
  }
}
