/** The frame of a host console: who is signed in, language, theme, navigation. Not the integration. */
import { wordsIn } from './words.js'

const root = document.documentElement
const asked = new URLSearchParams(location.search)

translate()
followSwitch('customer', root.dataset.customer, (customer) => {
  asked.set('customer', customer)
  location.search = asked.toString()
})
followSwitch('lang', root.lang, (lang) => {
  root.lang = lang
  remember('lang', lang)
  translate()
})
followSwitch('theme', root.dataset.theme, (theme) => {
  root.dataset.theme = theme
  remember('theme', theme)
})
followMenu()

function followSwitch(name, value, changed) {
  const select = document.querySelector(`select[name="${name}"]`)
  if (![...select.options].some((option) => option.value === value)) select.add(new Option(value))
  select.value = value
  select.addEventListener('change', () => changed(select.value))
}

/** The address stays true, so that it can be sent to somebody else. */
function remember(name, value) {
  localStorage.setItem(`demo.${name}`, value)
  asked.set(name, value)
  history.replaceState(null, '', `?${asked}`)
}

function translate() {
  const words = wordsIn(root.lang)
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = words[element.dataset.word]
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', words[element.dataset.label])
  }
  const heading = document.querySelector('h1')?.textContent
  document.title = `${heading} · ${root.dataset.product}`
}

/** On narrow screens the navigation folds away. */
function followMenu() {
  const button = document.querySelector('.menu')
  const navigation = document.querySelector('#navigation')
  button?.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') !== 'true'
    button.setAttribute('aria-expanded', String(isOpen))
    navigation.classList.toggle('is-open', isOpen)
  })
}
