/** A small mail reader over `GET /demo/mail`. What a mail says is shown in a frame without rights. */
import { ask, element } from './panel/dom.js'

const list = document.querySelector('.reader ul')
const article = document.querySelector('.reader article')
const [frame, plain] = [article.querySelector('iframe'), article.querySelector('pre')]
const status = document.querySelector('.tools [role="status"]')
const to = document.querySelector('input[name="to"]')
const forms = [...article.querySelectorAll('.forms button')]

let mails = []
let shown = null

to.value = new URLSearchParams(location.search).get('to') ?? ''
to.addEventListener('input', showList)
document.querySelector('button[name="again"]').addEventListener('click', load)
for (const form of forms) form.addEventListener('click', () => showForm(form.name))
await load()

async function load() {
  try {
    mails = (await ask('/demo/mail')).data
    showList()
  } catch (error) {
    status.textContent = error.message
  }
}

function showList() {
  const wanted = to.value.trim().toLowerCase()
  const found = mails.filter((mail) => mail.to.toLowerCase().includes(wanted))
  status.textContent = wordsOf(found.length)
  const entries = found.map((mail) => ({ mail, button: entry(mail) }))
  list.replaceChildren(...entries.map(({ button }) => element('li', {}, [button])))
  const kept = entries.find(({ mail }) => shown !== null && isSame(mail, shown)) ?? entries[0]
  article.hidden = kept === undefined
  if (kept !== undefined) show(kept.mail, kept.button)
}

function entry(mail) {
  const button = element('button', { type: 'button' }, [
    element('b', {}, [mail.subject]),
    element('span', {}, [mail.to]),
    element('time', { dateTime: mail.at }, [instant(mail.at)]),
  ])
  button.addEventListener('click', () => {
    show(mail, button)
    article.scrollIntoView({ block: 'nearest' })
  })
  return button
}

function show(mail, button) {
  shown = mail
  list.querySelector('[aria-current]')?.removeAttribute('aria-current')
  button.setAttribute('aria-current', 'true')
  article.querySelector('h2').textContent = mail.subject
  article.querySelector('p').textContent = `To ${mail.to}, ${instant(mail.at)}`
  // Links of a mail open beside it: the frame itself goes nowhere.
  frame.srcdoc = `<base target="_blank">${mail.html}`
  plain.textContent = mail.text
}

function showForm(name) {
  frame.hidden = name !== 'html'
  plain.hidden = name !== 'text'
  for (const form of forms) form.setAttribute('aria-pressed', String(form.name === name))
}

function isSame(one, other) {
  return one.at === other.at && one.to === other.to && one.subject === other.subject
}

function instant(at) {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}

function wordsOf(count) {
  if (mails.length === 0) return 'No mail yet. Buy a license, and its confirmation appears here.'
  if (count === 0) return 'No mail to such an address.'
  return count === 1 ? '1 mail' : `${count} mails`
}
