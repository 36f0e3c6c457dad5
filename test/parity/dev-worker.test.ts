/** What `npm run dev:worker` starts, as its users meet it: a purchase in a browser, answered by workerd. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type BrowserContext } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { BROWSER_ARGS, browserPath } from '../support/browser.mjs'
import { LicenseManagerView } from '../support/license-list.ts'
import { SubscribePanel } from '../support/subscribe-panel.ts'

const script = fileURLToPath(new URL('../../dist/server/demo-worker.js', import.meta.url))
const READY = /ready: {2}(http:\S+)\/demo\//

/** @returns its address, and whatever it has written so far; gone after the test */
async function startDevWorker(): Promise<{ origin: string; output: () => string }> {
  const directory = await mkdtemp(join(tmpdir(), 'license-center-dev-worker-'))
  const env = { ...process.env, PORT: '0', STRIPE_PORT: '0', DEMO_DIRECTORY: directory }
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => child.on('close', resolve))
  let output = ''
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    await rm(directory, { recursive: true, force: true })
  })
  const origin = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const [, found] = READY.exec(output) ?? []
        if (found !== undefined) resolve(found)
      })
    }
    void ended.then(() => reject(new Error(`it ended: ${output}`)))
  })
  return { origin, output: () => output }
}

/** A browser of its own, and what its pages complained of. */
async function startBrowser(): Promise<{ context: BrowserContext; complaints: string[] }> {
  const options = { executablePath: await browserPath(), args: BROWSER_ARGS }
  const browser = await chromium.launch(options)
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const complaints: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) {
      complaints.push(`${message.text()} ${message.location().url}`)
    }
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return { context, complaints }
}

it('S1–S22: sells five DR licenses to a console, and shows them and five for failback', async () => {
  const [{ origin, output }, { context, complaints }] = await Promise.all([
    startDevWorker(),
    startBrowser(),
  ])
  const page = await context.newPage()
  await page.goto(`${origin}/demo/recover/?customer=workerd`)
  const manager = new LicenseManagerView(page)
  await manager.add()
  const panel = new SubscribePanel(page)
  await panel.choose({ type: 'DR License', cycle: 'Monthly', quantity: 5, autoRenewal: 'Yes' })
  expect(await panel.total()).toBe('$375.00')
  await panel.subscribe()
  const payment = await panel.continueToPayment()
  expect(await payment.due()).toBe('$375.00')
  await payment.payBy('good')
  await panel.issued()
  await payment.returned('Paid: your licenses are valid')
  await manager.closeSheet()
  for (const tab of ['DR License', 'Failback License']) {
    await manager.tab(tab)
    expect(await manager.rows(1)).toMatchObject([
      { total: '5', status: expect.stringMatching(/^Valid/) },
    ])
    const pictures = process.env['SCREENSHOTS'] ?? ''
    if (pictures === '') continue
    await mkdir(pictures, { recursive: true })
    await page.screenshot({ path: join(pictures, `workerd ${tab}.png`), fullPage: true })
  }
  expect(complaints).toEqual([])
  expect(output()).not.toMatch(/error|exception/i)
})
