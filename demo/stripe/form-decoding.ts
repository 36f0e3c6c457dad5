/** Stripe's nested form encoding: `a[b][0][c]=v` and `expand[]=x`. */
import { invalidRequest } from './errors.ts'

export type FormValue = string | FormValue[] | FormHash
export interface FormHash {
  [name: string]: FormValue
}

const DEPTH_MAX = 8

/**
 * @param text a form body or a query string
 * @returns    hashes without a prototype, so that no name means anything special; a hash whose
 *             names are 0, 1, 2 … is a list
 */
export function decodeForm(text: string): FormHash {
  const root = emptyHash()
  for (const [name, value] of new URLSearchParams(text)) place(root, pathOf(name), value)
  const decoded = withLists(root)
  return typeof decoded === 'string' || Array.isArray(decoded) ? emptyHash() : decoded
}

function pathOf(name: string): string[] {
  const [head = '', ...rest] = name.split('[')
  const path = [head, ...rest.map((part) => part.replace(/\]$/, ''))]
  if (head === '' || path.length > DEPTH_MAX || rest.some((part) => !part.endsWith(']'))) {
    throw invalidRequest(`Invalid parameter name: ${name}`, name)
  }
  return path
}

function place(root: FormHash, path: readonly string[], value: string): void {
  let hash = root
  path.forEach((part, depth) => {
    const name = part === '' ? String(Object.keys(hash).length) : part
    if (depth === path.length - 1) {
      hash[name] = value
      return
    }
    const child = hash[name]
    const next = child === undefined || typeof child === 'string' ? emptyHash() : child
    if (Array.isArray(next)) throw new TypeError('lists are built last')
    hash[name] = next
    hash = next
  })
}

function withLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const names = Object.keys(value)
  const converted = emptyHash()
  for (const name of names) converted[name] = withLists(value[name] ?? '')
  const isList = names.length > 0 && names.every((name, position) => name === String(position))
  return isList ? names.map((name) => converted[name] ?? '') : converted
}

function emptyHash(): FormHash {
  return Object.create(null)
}
