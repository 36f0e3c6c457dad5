import { expect } from 'chai'
import { eventually, find } from '../support/mount.ts'
import { choose, type } from '../support/subscribe.ts'

/** W08, word for word but for the origin. */
const POLICY = [
  "default-src 'none'",
  `script-src ${location.origin}`,
  "style-src 'self'",
  `connect-src ${location.origin}`,
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join('; ')

interface HostilePage extends Window {
  readonly violations: readonly string[]
}

/** What hostile-page.ts puts on its window. */
function asHostilePage(page: Window | null): HostilePage | null {
  return page !== null && 'violations' in page ? (page as HostilePage) : null
}

describe('<license-subscribe> under a strict policy', () => {
  it('W08, W20, W21: breaks neither CSP nor Trusted Types, from the form to the notice', async function () {
    this.timeout(20_000)
    const frame = document.createElement('iframe')
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">
      <base href="/somewhere/else/"><script type="module" src="${new URL('../support/hostile-page.ts', import.meta.url).href}"></script>`
    document.body.append(frame)
    const page = () => asHostilePage(frame.contentWindow)
    const element = await eventually(
      () => page()?.document.querySelector('license-subscribe'),
      'the element is in the page',
    )
    await eventually(() => find(element, '.subscribe'))
    type(element, '5')
    choose(element, 'autoRenewal', 'yes')
    await eventually(() => find(element, '[part=total]')?.textContent === '$375.00')
    find(element, '.subscribe')?.click()
    const dialog = await eventually(() => find(element, 'dialog[open]'))
    find(dialog, '.elsewhere')
    expect(page()?.violations).to.deep.equal([])
    frame.remove()
  })
})
