/** What web-test-runner puts into the page; the parts of Mocha's interface that our tests use. */
type Body = (this: { timeout(ms: number): void }) => void | Promise<void>

declare const describe: (title: string, body: () => void) => void
declare const it: (title: string, body: Body) => void
declare const before: (body: Body) => void
declare const beforeEach: (body: Body) => void
declare const after: (body: Body) => void
declare const afterEach: (body: Body) => void
