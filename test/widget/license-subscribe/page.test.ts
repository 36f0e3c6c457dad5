import { expect } from 'chai'
import type { LicenseSubscribe } from '../../../widget/license-subscribe.ts'
import { answerAlso, calls, callsTo, never } from '../support/fake-center.ts'
import { eventually, find, mount, textOf, unmountAll } from '../support/mount.ts'
import { fillIn, openCenter, openSubscribe, required, says } from '../support/subscribe.ts'

const TAG = '<license-subscribe publishable-key="pk_test" token="t" center="https://center.test"'

beforeEach(() => openCenter())
afterEach(unmountAll)

describe('<license-subscribe> in its page', () => {
  it('W28: two on one page speak their own language, by the nearest lang above them', async () => {
    const page = mount(`<div>${TAG} lang="en-GB"></license-subscribe><div lang="zh-CN">${TAG}>
      </license-subscribe></div></div>`)
    const [english, chinese] = page.querySelectorAll('license-subscribe')
    if (!english || !chinese) throw new Error('two elements')
    await says(english, 'Important Notes')
    await says(chinese, '重要说明')
    expect(textOf(english)).to.not.contain('重要说明')
    const languages = callsTo('GET catalogue').map(({ headers }) => headers.get('accept-language'))
    expect(languages.sort()).to.deep.equal(['en-GB', 'zh-CN'])
  })

  it('W28: a language without words is English throughout, dates and money too', async () => {
    const element = await openSubscribe('lang="fr"')
    await fillIn(element)
    expect(find(element, '.root')?.getAttribute('lang')).to.equal('en')
  })

  it('changes its language in place, and asks for names and notes in it', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    element.lang = 'zh-CN'
    await says(element, '今日应付')
    expect(required<HTMLInputElement>(element, '#quantity').value).to.equal('5')
    await eventually(
      () => callsTo('GET catalogue').at(-1)?.headers.get('accept-language') === 'zh-CN',
    )
  })

  it('W5: another product aborts what was asked for the first', async () => {
    answerAlso('GET catalogue', never)
    const element = mount<LicenseSubscribe>(`${TAG}></license-subscribe>`)
    await eventually(() => callsTo('GET catalogue').length === 1)
    element.publishableKey = 'pk_other'
    await eventually(() => callsTo('GET catalogue').length === 2)
    expect(callsTo('GET catalogue')[0]?.signal?.aborted).to.equal(true)
  })

  it('a host that makes a new getToken at each render starts nothing anew', async () => {
    const element = await openSubscribe()
    for (let count = 0; count < 3; count++) {
      element.getToken = () => 'fresh'
      await element.updateComplete
    }
    expect(callsTo('GET catalogue').length).to.equal(1)
  })

  it('W6, W11: 1,000 times in and out of the page leaves no request, timer or channel', async function () {
    this.timeout(30_000)
    answerAlso('GET catalogue', never)
    const channels = countChannels()
    const element = mount<LicenseSubscribe>(`${TAG}></license-subscribe>`)
    const parent = element.parentElement
    await eventually(() => callsTo('GET catalogue').length === 1)
    for (let count = 0; count < 1_000; count++) {
      element.remove()
      parent?.append(element)
      if (count % 100 === 0) await element.updateComplete
    }
    element.remove()
    await new Promise((resolve) => setTimeout(resolve, 400))
    channels.restore()
    expect(calls.filter(({ signal }) => signal?.aborted === false).length).to.equal(0)
    expect(channels.open()).to.equal(0)
  })

  it('W6: keeps what was entered when a framework moves it', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    const parent = element.parentElement
    element.remove()
    parent?.append(element)
    await eventually(() => callsTo('GET catalogue').length === 2)
    expect(required<HTMLInputElement>(element, '#quantity').value).to.equal('5')
  })

  it('W2, W26: no token in the DOM but the one that the page wrote', async () => {
    const element = await openSubscribe()
    element.getToken = () => 'secret-token'
    await fillIn(element)
    expect(serialized(element)).to.not.contain('secret-token')
  })

  it('W15: hostile styles of the page do not reach inside', async () => {
    const style = document.createElement('style')
    style.textContent = `html { font-size: 62.5% } * { font: 40px/3 cursive !important; color: lime !important;
      text-transform: uppercase !important; letter-spacing: 9px !important }`
    document.head.append(style)
    const element = await openSubscribe()
    const { fontSize, color, letterSpacing, textTransform } = getComputedStyle(
      required(element, '.label'),
    )
    style.remove()
    expect({ fontSize, letterSpacing, textTransform }).to.deep.equal({
      fontSize: '13.995px',
      letterSpacing: 'normal',
      textTransform: 'none',
    })
    expect(color).to.not.equal('rgb(0, 255, 0)')
  })
})

/** Counts what `BroadcastChannel` opens and closes. */
function countChannels(): { open: () => number; restore: () => void } {
  const Original = window.BroadcastChannel
  let count = 0
  window.BroadcastChannel = class extends Original {
    constructor(name: string) {
      super(name)
      count++
    }
    override close(): void {
      super.close()
      count--
    }
  }
  return {
    open: () => count,
    restore: () => {
      window.BroadcastChannel = Original
    },
  }
}

function serialized(element: Element): string {
  const inner = [...(element.shadowRoot?.querySelectorAll('*') ?? [])].map(serialized)
  return [element.outerHTML, element.shadowRoot?.innerHTML ?? '', ...inner].join('')
}
