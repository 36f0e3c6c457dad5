/** Pieces of code that can be copied, with the address that this demo really has. */
const COPIED_MS = 2000

for (const place of document.querySelectorAll('[data-origin]')) place.textContent = location.origin
for (const snippet of document.querySelectorAll('.snippet')) followCopy(snippet)

function followCopy(snippet) {
  const button = snippet.querySelector('button')
  const code = snippet.querySelector('code')
  const text = button.textContent
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent)
      button.textContent = 'Copied'
      setTimeout(() => (button.textContent = text), COPIED_MS)
    } catch {
      // Without the right to write, what was to be copied is selected, so that a key press does it.
      getSelection().selectAllChildren(code)
    }
  })
}
