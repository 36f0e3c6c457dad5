/**
 * The browser rule: `CHROME_PATH`, else an installed Chrome or Chromium, else the binary that ships
 * inside the npm package `@sparticuz/chromium`. Nothing is downloaded.
 */
import { existsSync } from 'node:fs'

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  .flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`])
  .concat('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')

/** @returns {Promise<string>} path of an executable that speaks the DevTools protocol */
export async function browserPath() {
  const wanted = process.env.CHROME_PATH
  if (wanted) return wanted
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed) return installed
  const { default: chromium } = await import('@sparticuz/chromium')
  return chromium.executablePath()
}

export const BROWSER_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
]
