/** A new element with properties and children; text becomes text, never markup. */
export function element(tag, properties, children = []) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** @returns the answer's JSON  @throws Error that says what was asked and what came back */
export async function ask(path, body) {
  const response = await fetch(
    path,
    body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    },
  )
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`)
  return response.json()
}
