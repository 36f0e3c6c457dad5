/**
 * Installs the packages that package-lock.json names, when they are missing or older than it.
 *
 * Not by `npm ci`: it refuses as soon as a registry lacks the build of some package for another
 * platform, which is of no use here. `npm install` takes the versions of the lock file all the same,
 * and `--no-save` leaves the file as it is.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync, writeFileSync } from 'node:fs'

const root = new URL('..', import.meta.url)
const stamp = new URL('node_modules/.installed', root)
const lock = new URL('package-lock.json', root)

/** Exits the process with npm's code when npm fails: nothing that follows could work. */
export function installMissing() {
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return
  console.log('Installing packages (about a minute on a new machine) …')
  const { status } = spawnSync('npm install --no-save --no-audit --no-fund --loglevel=error', {
    cwd: root,
    shell: true,
    stdio: 'inherit',
  })
  if (status !== 0) {
    console.error(
      '`npm install` failed. Check that the npm registry can be reached, then try again.',
    )
    process.exit(status ?? 1)
  }
  writeFileSync(stamp, '')
  console.log('Packages are installed.')
}
