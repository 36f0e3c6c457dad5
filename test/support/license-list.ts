/** `<license-manager>` as a customer meets it: by roles and the words on the screen, in English. */
import type { Locator, Page } from 'playwright-core'

export interface ShownLicense {
  readonly total: string
  readonly expires: string
  readonly status: string
}

export class LicenseManagerView {
  readonly page: Page
  readonly root: Locator

  constructor(page: Page) {
    this.page = page
    this.root = page.locator('license-manager')
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name })
  }

  heading(name: string | RegExp): Locator {
    return this.root.getByRole('heading', { name })
  }

  /** The customer comes back to this tab; browsers without a screen keep all tabs visible. */
  async lookedAtAgain(): Promise<void> {
    await this.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  }

  /** Opens the form to buy, over the list. */
  async add(): Promise<void> {
    await this.root.getByRole('button', { name: 'Add', exact: true }).first().click()
    await this.root.getByRole('dialog', { name: 'Buy licenses' }).waitFor()
  }

  async closeSheet(): Promise<void> {
    const sheet = this.root.getByRole('dialog', { name: 'Buy licenses' })
    await sheet.getByRole('button', { name: 'Close' }).click()
  }

  async tab(name: string): Promise<void> {
    await this.root.getByRole('tab', { name }).click()
  }

  /** Rows with a license, once there are that many. */
  async rows(count: number): Promise<readonly ShownLicense[]> {
    const rows = this.root.getByRole('row').filter({ has: this.page.getByRole('rowheader') })
    await rows.nth(count - 1).waitFor()
    return Promise.all((await rows.all()).map(shownLicense))
  }
}

async function shownLicense(row: Locator): Promise<ShownLicense> {
  const cell = (name: string) => row.locator(`td.${name}`)
  return {
    total: await cell('total').locator('.value').innerText(),
    expires: (await cell('expires_at').locator('time').first().getAttribute('datetime')) ?? '',
    status: await cell('status').locator('.value').innerText(),
  }
}
