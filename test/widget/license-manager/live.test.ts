import { expect } from 'chai'
import { LicenseEvent } from '../../../widget/events.ts'
import { answerAlso, callsTo } from '../support/fake-center.ts'
import {
  buttonSaying,
  choose,
  comeBackUntil,
  countOf,
  findAll,
  openCenter,
  openManager,
  openSheet,
  required,
  rowsOf,
  says,
  stock,
} from '../support/open-manager.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { TWELVE } from '../support/twelve-licenses.ts'

const [newest, ...others] = TWELVE
const grant = TWELVE.find(({ type }) => type === 'failback')
if (newest === undefined || grant === undefined) throw new Error('twelve licenses')
const before = others.filter((license) => license !== grant)

beforeEach(() => openCenter(before))
afterEach(unmountAll)

/** What the element that sells says once the server has fulfilled the order. */
function purchase(element: Element, licenseIds = [newest?.id ?? '', grant?.id ?? '']): void {
  stock.licenses = TWELVE
  const detail = { orderId: 'ord_1', licenseIds, totalMinor: 37_500, currency: 'USD' }
  element.dispatchEvent(new LicenseEvent('license-purchased', detail))
}

describe('<license-manager> while licenses are bought', () => {
  it('S20: shows what an element on the page has sold, by itself, marked and announced', async () => {
    const manager = await openManager()
    expect(rowsOf(manager)).to.have.length(7)
    purchase(document.body)
    await eventually(() => rowsOf(manager).length === 8)
    expect(findAll(manager, 'tr.new').map((row) => textOf(row).includes('New'))).to.deep.equal([
      true,
    ])
    await eventually(() => textOf(required(manager, '[role=status]')) === '2 new licenses added')
  })

  it('S22: says on the other tab that something new is there, until it is opened', async () => {
    const manager = await openManager()
    purchase(document.body)
    await eventually(() => textOf(required(manager, '#tab-failback')).includes('new'))
    required(manager, '#tab-failback').click()
    await eventually(() => findAll(manager, 'tr.new').length === 1)
    await eventually(() => !textOf(required(manager, '#tab-failback')).includes('new'))
  })

  it('offers to show what a filter hides', async () => {
    const manager = await openManager()
    choose(manager, 'Status', 'grace')
    await eventually(() => rowsOf(manager).length === 1)
    purchase(document.body)
    await says(manager, '1 new license added')
    buttonSaying(manager, 'Show').click()
    await eventually(() => rowsOf(manager).length === 8)
    await eventually(() => !textOf(manager).includes('1 new license added') || null)
  })

  it('looks again when the customer comes back, and when another page hints', async () => {
    const manager = await openManager()
    stock.licenses = TWELVE
    await comeBackUntil(() => rowsOf(manager).length === 8)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    stock.licenses = before
    const channel = new BroadcastChannel('license-center')
    channel.postMessage(null)
    await eventually(() => rowsOf(manager).length === 7)
    channel.close()
  })

  it('W6: asks nothing more once it is out of the page', async () => {
    const manager = await openManager()
    manager.remove()
    const asked = countOf('GET licenses')
    window.dispatchEvent(new Event('focus'))
    purchase(document.body)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(countOf('GET licenses')).to.equal(asked)
  })

  it('W28: ignores licenses that this customer cannot read', async () => {
    const manager = await openManager()
    purchase(document.body, ['lic_of_another_customer'])
    await eventually(() => callsTo('GET licenses/lic_of_another_customer').length === 1)
    expect(textOf(manager)).not.to.contain('license added')
  })
})

describe('Add in <license-manager>', () => {
  it('S3: opens the element that sells, for the open tab, product and customer', async () => {
    const manager = await openManager('type="failback" currency="EUR" home-url="/home"')
    buttonSaying(manager, 'Add').click()
    await eventually(() => openSheet(manager))
    const subscribe = required(manager, 'license-subscribe')
    expect(subscribe.getAttribute('type')).to.equal('failback')
    expect(subscribe.getAttribute('publishable-key')).to.equal('pk_test')
    expect(subscribe).to.include({ token: 't', currency: 'EUR', homeUrl: '/home' })
  })

  it('refreshes the list behind the sheet, and starts over with the next Add', async () => {
    const manager = await openManager()
    buttonSaying(manager, 'Add').click()
    await eventually(() => openSheet(manager))
    const subscribe = required(manager, 'license-subscribe')
    purchase(subscribe)
    await eventually(() => rowsOf(manager).length === 8)
    openSheet(manager)?.close()
    await eventually(() => find(manager, 'license-subscribe') === null)
    buttonSaying(manager, 'Add').click()
    await eventually(() => openSheet(manager))
    expect(required(manager, 'license-subscribe')).not.to.equal(subscribe)
  })

  it('keeps watching an open order in the closed sheet, and leads back to it', async () => {
    sessionStorage.setItem('license-center:pk_test:order', 'ord_1')
    answerAlso('GET orders/ord_1', () => new Promise(() => {}))
    const manager = await openManager()
    await says(manager, 'You have an unfinished payment.')
    await eventually(() => callsTo('GET orders/ord_1').length > 0)
    buttonSaying(manager, 'Continue').click()
    await eventually(() => openSheet(manager))
    sessionStorage.clear()
  })
})

describe('Manage Subscriptions', () => {
  it('S29: shows what renews by itself, and each grant with its order, validity and use', async () => {
    const manager = await openManager()
    stock.licenses = TWELVE
    buttonSaying(manager, 'Manage Subscriptions').click()
    const panel = await eventually(() => find(manager, 'license-subscriptions'))
    await says(panel, '120 units, every year')
    await says(panel, 'Jun 23, 2027')
    await says(panel, 'in 7 months')
    await says(panel, `From order ${grant?.complimentary_of}`)
    await says(panel, 'Valid Jun 30, 2026 – Jun 30, 2027')
    await says(panel, '14 of 120 used')
    await says(panel, '106 unused')
  })

  it('S29, line 37: the switch turns auto-renewal off with one click, and on again', async () => {
    const manager = await openManager()
    answerAlso('POST renewals/mode', { data: [] })
    buttonSaying(manager, 'Manage Subscriptions').click()
    const field = await eventually(() => find<HTMLInputElement>(manager, '[role=switch]'))
    expect(field.checked).to.equal(true)
    field.click()
    await eventually(() => callsTo('POST renewals/mode').length === 1)
    await eventually(() => !field.checked)
    field.click()
    await eventually(() => callsTo('POST renewals/mode').length === 2)
    const modes = callsTo('POST renewals/mode').map(({ body }) => Object.entries(body ?? {}))
    expect(modes.map((entries) => new Map(entries).get('mode'))).to.deep.equal(['manual', 'auto'])
  })

  it('asks for the billing portal first, and then it is a real link in a new window', async () => {
    answerAlso('POST billing-portal', { url: 'https://billing.example/session' })
    const manager = await openManager()
    buttonSaying(manager, 'Manage Subscriptions').click()
    const button = await eventually(() =>
      findAll(manager, 'button').find((one) => textOf(one) === 'Get the link'),
    )
    button.click()
    const link = await eventually(() => find<HTMLAnchorElement>(manager, 'a[target=_blank]'))
    expect(link).to.include({ href: 'https://billing.example/session', rel: 'noopener' })
    expect(callsTo('POST billing-portal')[0]?.body).to.deep.equal({
      return_url: location.href.split('#')[0],
    })
  })

  it('W10: never makes a script of what the portal answers', async () => {
    answerAlso('POST billing-portal', { url: 'javascript:alert(1)' })
    const manager = await openManager()
    buttonSaying(manager, 'Manage Subscriptions').click()
    const button = await eventually(() =>
      findAll(manager, 'button').find((one) => textOf(one) === 'Get the link'),
    )
    button.click()
    await eventually(() => callsTo('POST billing-portal').length === 1)
    await eventually(() => textOf(button) === 'Get the link')
    expect(find(manager, 'a[target=_blank]')).to.equal(null)
  })
})
