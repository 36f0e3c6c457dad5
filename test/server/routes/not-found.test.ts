import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestClock } from '../../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createPageApp } from '../../support/pages.ts'

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
let database: TestDatabase
let app: ReturnType<typeof createPageApp>
beforeAll(async () => {
  database = await createTestDatabase()
  app = createPageApp(database.db, createTestClock())
})
afterAll(() => database.remove())

describe('an address that nothing answers', () => {
  it('is a page for people, which leads on', async () => {
    const response = await app.request('/nothing/here', { headers: { Accept: BROWSER } })
    expect(response.status).toBe(404)
    const page = await response.text()
    expect(page).toContain('<h1>This page does not exist</h1>')
    expect(page).toContain('href="/contact"')
    expect(page).not.toContain('nothing/here')
  })

  it.each(['*/*', 'application/json', ''])(
    'is a problem for programs that accept "%s"',
    async (accept) => {
      const response = await app.request('/nothing/here', { headers: { Accept: accept } })
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(response.headers.get('vary')).toContain('Accept')
      expect(await response.json()).toMatchObject({
        code: 'route.not_found',
        requestId: 'req_test',
      })
    },
  )
})
