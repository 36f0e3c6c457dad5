/** Required, unknown and malformed parameters, refused with the words and codes that Stripe uses. */
import { z } from 'zod'
import { invalidRequest, type StripeFault } from './errors.ts'
import type { FormHash } from './form-decoding.ts'

/** Stripe takes an empty value for an attempt to unset, and refuses it. */
export const text = z.string().min(1).max(5000)
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'Invalid integer')
  .transform(Number)
export const boolean = z.enum(['true', 'false']).transform((word) => word === 'true')
export const url = z.url({ protocol: /^https?$/, error: 'Not a valid URL' })
export const expand = z.array(text).max(20).default([])
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((entries) => Object.keys(entries).length <= 50, 'Metadata can have up to 50 keys')
  .default({})

/** Parameters that every list endpoint takes. */
export const listParameters = {
  limit: integer.pipe(z.number().min(1).max(100)).default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
  expand,
}

/** @throws StripeFault 400 that names the first parameter at fault, as Stripe does */
export function checkParameters<T extends z.ZodType>(shape: T, form: FormHash): z.output<T> {
  const result = shape.safeParse(form)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw issue === undefined ? invalidRequest('Invalid request') : faultOf(issue, form)
}

function faultOf(issue: z.core.$ZodIssue, form: FormHash): StripeFault {
  if (issue.code === 'unrecognized_keys') {
    const param = parameterName([...issue.path, issue.keys[0] ?? ''])
    return invalidRequest(`Received unknown parameter: ${param}`, param, 'parameter_unknown')
  }
  const param = parameterName(issue.path)
  const given = valueAt(form, issue.path)
  if (given === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, param, 'parameter_missing')
  }
  if (given === '') {
    const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`
    return invalidRequest(message, param, 'parameter_invalid_empty')
  }
  return invalidRequest(messageOf(issue, param, given), param, codeOf(issue))
}

function messageOf(issue: z.core.$ZodIssue, param: string, given: unknown): string {
  const shown = typeof given === 'string' ? given : 'an object'
  if (issue.code === 'invalid_value') {
    return `Invalid ${param}: must be one of ${issue.values.join(', ')}`
  }
  return `${issue.message}: ${shown}`
}

function codeOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.message === 'Invalid integer') return 'parameter_invalid_integer'
  return issue.message === 'Not a valid URL' ? 'url_invalid' : undefined
}

function parameterName(path: readonly PropertyKey[]): string {
  const [head = '', ...rest] = path.map(String)
  return head + rest.map((part) => `[${part}]`).join('')
}

function valueAt(form: FormHash, path: readonly PropertyKey[]): unknown {
  let value: unknown = form
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, part)
  }
  return value
}
