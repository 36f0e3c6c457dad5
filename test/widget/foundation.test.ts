import { expect } from 'chai'
import './support/fake-center.ts'
import { define } from '../../widget/define.ts'
import { LicenseManager } from '../../widget/license-manager.ts'
import { LicenseSubscribe } from '../../widget/license-subscribe.ts'
import { eventually, mount, textOf, unmountAll } from './support/mount.ts'

afterEach(unmountAll)

describe('both elements', () => {
  for (const tag of ['license-subscribe', 'license-manager']) {
    it(`W3: <${tag}> without a key says which attribute is wrong, and fires license-error`, async () => {
      const codes: string[] = []
      const listen = (event: GlobalEventHandlersEventMap['license-error']) =>
        codes.push(event.detail.code)
      document.addEventListener('license-error', listen)
      const element = mount(`<${tag} publishable-key="nonsense"></${tag}>`)
      await eventually(() => textOf(element).includes('publishable-key'))
      document.removeEventListener('license-error', listen)
      expect(textOf(element)).to.contain('nonsense')
      expect(codes).to.deep.equal(['config'])
    })

    it(`W10: <${tag}> never takes a script for an address`, async () => {
      const element = mount(
        `<${tag} publishable-key="pk_test" home-url="javascript:alert(1)"></${tag}>`,
      )
      await eventually(() => textOf(element).includes('home-url'))
    })

    it(`W8: hidden <${tag}> takes no room, even against display rules of the page`, async () => {
      const element = mount(`<${tag} hidden publishable-key="pk_test"></${tag}>`)
      expect(getComputedStyle(element).display).to.equal('none')
    })
  }

  it('W4: a property set before the class was defined is kept', async () => {
    class Late extends LicenseSubscribe {}
    const element = document.createElement('late-license')
    const getToken = () => 'token'
    Object.assign(element, { publishableKey: 'pk_late', getToken })
    document.body.append(element)
    define('late-license', Late)
    await new Promise((resolve) => setTimeout(resolve))
    expect(element).to.include({ publishableKey: 'pk_late', getToken })
    element.remove()
  })

  it('W9, W07: a second script leaves the first in place and warns once, naming both versions', () => {
    const warnings: unknown[] = []
    const { warn } = console
    console.warn = (message: unknown) => void warnings.push(message)
    define('license-subscribe', class extends LicenseSubscribe {})
    define('license-manager', class extends LicenseManager {})
    console.warn = warn
    expect(customElements.get('license-subscribe')).to.equal(LicenseSubscribe)
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.match(/version source is in use, version source is ignored/)
  })

  it('W7: leaves id, class, role, tabindex, aria-* and style as the page wrote them', async () => {
    const element = mount<LicenseSubscribe>(
      '<license-subscribe publishable-key="pk_test" id="a" class="b" role="main" tabindex="0" aria-label="c"></license-subscribe>',
    )
    await element.updateComplete
    expect(element.getAttributeNames().sort().join()).to.equal(
      'aria-label,class,id,publishable-key,role,tabindex,theme',
    )
    expect(element.getAttribute('role')).to.equal('main')
  })
})
