/** Builds the widget and the server when a source is newer than the last build. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = `${root}dist/.built`
const SOURCES = ['widget', 'server', 'demo', 'package.json', 'package-lock.json', 'tsconfig.json']

/** Exits the process when the build fails: there would be nothing to serve. */
export function buildStale() {
  if (
    existsSync(stamp) &&
    SOURCES.every((path) => newest(root + path) <= statSync(stamp).mtimeMs)
  ) {
    return
  }
  console.log('Building the widget and the server …')
  const { status, stdout, stderr } = spawnSync('npm run build --silent', {
    cwd: root,
    shell: true,
    encoding: 'utf8',
  })
  if (status !== 0) {
    console.error(`${stdout}${stderr}\nThe build failed; the lines above say where.`)
    process.exit(status ?? 1)
  }
  writeFileSync(stamp, '')
}

function newest(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(`${path}/${name}`)))
}
