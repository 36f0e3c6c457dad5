/**
 * Longer than the other end keeps a connection that nobody uses (nginx 60 s, Node's `fetch` 4 s or as
 * told), so that it is never the server that closes it while a request is on its way.
 */
export const KEEP_ALIVE = { keepAliveTimeout: 75_000 } as const
