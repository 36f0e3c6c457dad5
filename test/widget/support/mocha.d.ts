/** What web-test-runner puts into the page; the parts of Mocha's interface that our tests use. */
type TestBody = (this: { timeout(ms: number): void }) => void | Promise<void>

declare const describe: (title: string, body: () => void) => void
declare const it: (title: string, body: TestBody) => void
declare const before: (body: TestBody) => void
declare const beforeEach: (body: TestBody) => void
declare const after: (body: TestBody) => void
declare const afterEach: (body: TestBody) => void
