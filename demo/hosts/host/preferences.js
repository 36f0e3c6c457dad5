/*
 * Runs before anything is painted: who is signed in, which language, which theme. What the address
 * says wins and is remembered, as the session of a real console would remember it.
 */
{
  const root = document.documentElement
  const asked = new URLSearchParams(location.search)
  const remembered = (name, shape, otherwise) => {
    const key = `demo.${name}`
    const value = [asked.get(name), localStorage.getItem(key), otherwise].find(
      (candidate) => candidate !== null && shape.test(candidate),
    )
    localStorage.setItem(key, value)
    return value
  }
  root.dataset.customer = remembered('customer', /^[\w-]{1,60}$/, 'acme')
  root.dataset.theme = remembered('theme', /^(auto|light|dark)$/, 'auto')
  root.lang = remembered('lang', /^[A-Za-z]{2,3}(-[A-Za-z]{2,4})?$/, 'en')
}
