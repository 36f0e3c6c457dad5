import { html, nothing, type TemplateResult } from 'lit'
import { httpUrl } from '../state/configuration.ts'
import { icon } from './icons.ts'

interface PaymentLink {
  readonly url: string
  readonly label: string
  /** Class names of the button. */
  readonly look: string
  readonly newTab: string
  readonly opened: () => void
}

/**
 * The way to the payment page (S16): a plain link, so that no popup blocker, COOP header or missing
 * `opener` matters (W01–W03). `opened` runs after the browser has followed it.
 */
export function paymentLink(link: PaymentLink): TemplateResult | typeof nothing {
  const { url, label, look, newTab, opened } = link
  const href = httpUrl(url)
  if (href === null) return nothing
  const followed = (event: MouseEvent) => {
    const isFollowed = event.type === 'click' || event.button === 1
    if (isFollowed && !event.defaultPrevented) setTimeout(opened)
  }
  return html`<a
    class="button ${look}"
    part="button"
    href=${href}
    target="_blank"
    rel="noopener"
    @click=${followed}
    @auxclick=${followed}
    >${label}${icon('external')}<span class="visually-hidden"> ${newTab}</span></a
  >`
}
