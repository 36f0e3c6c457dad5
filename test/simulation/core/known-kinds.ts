/**
 * drizzle asks of each part of each statement whether it is one of a dozen kinds, and walks up its
 * classes for every no: a tenth of what a schedule costs. The answer hangs on the prototype and the
 * kind alone, so each pair is asked once. Errors are not kept.
 */
import { registerHooks } from 'node:module'

const ASKED = 'function is(value, type) {'
const REMEMBERED = `
const known = new WeakMap();
function is(value, type) {
  if (!value || typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return ask(value, type);
  let own = known.get(prototype);
  if (own === undefined) known.set(prototype, own = new Map());
  let answer = own.get(type);
  if (answer === undefined) own.set(type, answer = ask(value, type));
  return answer;
}
function ask(value, type) {`

/** For this process, for good; before drizzle is loaded. */
export function rememberKinds(): void {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      return url.endsWith('/drizzle-orm/entity.js')
        ? { ...loaded, source: remembering(String(loaded.source)) }
        : loaded
    },
  })
}

function remembering(source: string): string {
  if (source.split(ASKED).length !== 2) {
    throw new Error(
      'drizzle asks for kinds in another way: mend test/simulation/core/known-kinds.ts',
    )
  }
  return source.replace(ASKED, () => REMEMBERED)
}
