/** One element on a stage, and every knob that a page may turn. */
import { element } from './panel/dom.js'

const EVENTS = [
  'license-ready',
  'license-quote',
  'license-checkout-request',
  'license-payment-open',
  'license-payment-pending',
  'license-purchased',
  'license-renewed',
  'license-autorenew-changed',
  'license-cancelled',
  'license-error',
]
const ATTRIBUTES = ['type', 'view', 'theme', 'lang', 'currency', 'home-url']
const REMOUNTING = ['tag', 'product', 'customer']
const EVENTS_KEPT = 50

const form = document.querySelector('form')
const stage = document.querySelector('.stage')
const code = document.querySelector('.snippet code')
const log = document.querySelector('.events')
let shown = null

for (const name of EVENTS) stage.addEventListener(name, record)
for (const [name, value] of new URLSearchParams(location.search)) {
  const knob = form.elements.namedItem(name)
  if (knob !== null) knob.value = value
}
form.addEventListener('change', ({ target }) => turn(target.name))
form.addEventListener('submit', (event) => event.preventDefault())
// A reset is announced before it happens.
form.addEventListener('reset', () => setTimeout(() => turn('tag')))
turn('tag')

function turn(name) {
  const knobs = valuesOf(form)
  if (REMOUNTING.includes(name)) mount(knobs)
  for (const attribute of ATTRIBUTES) setOrRemove(shown, attribute, attributeOf(knobs, attribute))
  for (const [property, value] of styleOf(knobs)) shown.style.setProperty(property, value)
  stage.style.maxWidth = knobs.width
  setOrRemove(stage, 'dir', knobs.dir)
  code.textContent = snippetOf(knobs)
  const chosen = Object.entries(knobs).filter(([, value]) => value !== '')
  history.replaceState(null, '', `?${new URLSearchParams(chosen)}`)
}

function mount(knobs) {
  shown = document.createElement(knobs.tag)
  shown.setAttribute('publishable-key', `pk_demo_${knobs.product}`)
  if (knobs.customer !== '') shown.getToken = () => tokenOf(knobs)
  stage.replaceChildren(shown)
}

async function tokenOf({ product, customer }) {
  const response = await fetch(`/demo/token?${new URLSearchParams({ product, customer })}`)
  if (!response.ok) throw new Error(`The host's backend answered ${response.status}.`)
  const { token } = await response.json()
  return token
}

function record({ type, detail }) {
  document.querySelector('#no-events').hidden = true
  const time = new Date().toLocaleTimeString('en-GB')
  log.prepend(
    element('li', {}, [
      element('time', {}, [time]),
      element('b', {}, [type]),
      element('code', {}, [JSON.stringify(detail, null, 1).replaceAll(/\s+/g, ' ')]),
    ]),
  )
  while (log.children.length > EVENTS_KEPT) log.lastChild.remove()
}

function snippetOf(knobs) {
  const attributes = ATTRIBUTES.map((name) => [name, attributeOf(knobs, name)])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`)
  const lines = [
    `<script type="module" src="${location.origin}/widget/v1/license.js"></script>`,
    `<${knobs.tag} publishable-key="pk_demo_${knobs.product}"${attributes.join('')}></${knobs.tag}>`,
  ]
  const styles = styleOf(knobs).filter(([, value]) => value !== '')
  if (styles.length > 0) {
    const rules = styles.map(([property, value]) => `  ${property}: ${value};`)
    lines.push('', '/* in your style sheet */', `${knobs.tag} {`, ...rules, '}')
  }
  return lines.join('\n')
}

/** `view` is the manager's own. */
function attributeOf(knobs, name) {
  return name === 'view' && knobs.tag !== 'license-manager' ? '' : knobs[name]
}

function styleOf(knobs) {
  return Object.entries(knobs).filter(([name]) => name.startsWith('--license-'))
}

function valuesOf(knobs) {
  return Object.fromEntries([...new FormData(knobs)].map(([name, value]) => [name, value.trim()]))
}

function setOrRemove(target, name, value) {
  if (value === '') target.removeAttribute(name)
  else target.setAttribute(name, value)
}
