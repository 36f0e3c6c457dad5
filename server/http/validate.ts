/** Schema failures as our problems: 422 with one JSON Pointer per bad field. */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from 'hono'
import { Refused } from '../domain/refusals.ts'
import type { FieldError } from '../domain/refusals.ts'

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly code?: string
  readonly keys?: readonly string[]
}

/** An OpenAPI sub-app whose validators refuse in our words. */
export function createApi<E extends Env>(): OpenAPIHono<E> {
  return new OpenAPIHono<E>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error.issues)
    },
  })
}

export function invalid(issues: readonly Issue[]): Refused {
  return new Refused('request.invalid', { errors: issues.flatMap(fieldErrors) })
}

function fieldErrors({ path, message, code, keys }: Issue): FieldError[] {
  if (code === 'unrecognized_keys' && keys !== undefined) {
    return keys.map((key) => ({
      pointer: pointerOf([...path, key]),
      detail: 'This field is not known here.',
    }))
  }
  return [{ pointer: pointerOf(path), detail: message }]
}

/** RFC 6901; the empty pointer is the whole body. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
