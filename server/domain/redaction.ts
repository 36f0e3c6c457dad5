/**
 * The last door of every log line. Nothing secret is logged on purpose; a message of a driver or of
 * the provider may carry some all the same (T17).
 */
const REDACTIONS: readonly (readonly [RegExp, string])[] = [
  // drizzle shows the values of a failed statement.
  [/\bparams: [^]*?(?=\n\s+at |$)/g, 'params: […]'],
  [/\beyJ[\w-]*\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\bBearer\s+[^\s"',]+/gi, 'Bearer […]'],
  [/[^\s@"'<>(),:;=]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail]'],
  [/\b((?:sk|rk)_(?:live|test)_|whsec_)\w+/g, '$1[…]'],
  [/\b[A-Z]{2,8}(?:-[0-9A-Z]{4,8}){3,}\b/g, '[license key]'],
  [/\/c\/pay\/[^\s"']+/g, '/c/pay/[…]'],
  [/(\bhttps?:\/\/[^\s"'?#]+)[?#][^\s"']*/g, '$1?[…]'],
  // 32 bytes in base64url, as all our own secrets are.
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, '[secret]'],
]

export function redacted(text: string): string {
  return REDACTIONS.reduce((rest, [pattern, word]) => rest.replaceAll(pattern, word), text)
}

/** Every text of a log entry. */
export function redactedEntry<T extends Readonly<Record<string, unknown>>>(entry: T): T {
  const fields = Object.entries(entry).map(([name, value]) => [
    name,
    typeof value === 'string' ? redacted(value) : value,
  ])
  return sameShape<T>(Object.fromEntries(fields))
}

/** Guarantee: the same fields as before, and a text where a text was. */
function sameShape<T>(entry: unknown): T {
  return entry as T
}
