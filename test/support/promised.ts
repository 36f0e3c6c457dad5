export interface Promised<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
}

/** A promise that the test resolves: `Promise.withResolvers`, which Node 20 lacks. */
export function promised<T>(): Promised<T> {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => (resolve = settle))
  return { promise, resolve }
}
