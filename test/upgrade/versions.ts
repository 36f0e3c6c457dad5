/** This version and the one before its last migration, each built from its own sources. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MIGRATIONS } from '../../server/db/migrations.ts'

const promisified = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
/** Inside node_modules, so that the builds find their packages. */
const CACHE = `${root}node_modules/.cache/license-center-upgrade`

export interface Version {
  /** A commit, or `this one`. */
  readonly name: string
  /** Folder with `node.js` and `cli.js`. */
  readonly build: string
  /** Its command line. @returns what it printed */
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string>
}

/** @throws Error where the history does not reach back so far: a shallow clone, or a copy without any */
export function previousCommit(): string {
  const chosen = process.env['PREVIOUS']
  if (chosen !== undefined) return chosen
  const last = MIGRATIONS.at(-1)?.name
  const file = `server/db/migrations/${last}.sql`
  const added = git('log', '--diff-filter=A', '--format=%H', '-1', '--', file).trim()
  if (added === '') throw new Error(`No commit of this history added ${file}; set PREVIOUS=commit.`)
  return git('rev-parse', '--short', `${added}^`).trim()
}

export function versionOf(commit: string): Version {
  const sources = `${CACHE}/${commit}`
  rmSync(sources, { recursive: true, force: true })
  mkdirSync(sources, { recursive: true })
  const archive = `git -C "${root}" archive ${commit} | tar -x -C "${sources}"`
  execFileSync('sh', ['-c', archive])
  // Some of what it builds is copied out of packages.
  symlinkSync(`${root}node_modules`, `${sources}/node_modules`)
  return built(commit, sources)
}

export const thisVersion = (): Version => built('this one', root)

function built(name: string, sources: string): Version {
  const build = `${CACHE}/build-${name.replace(' ', '-')}`
  const vite = `${root}node_modules/vite/bin/vite.js`
  const args = ['build', '-c', `${sources}/server/vite.config.ts`, '--outDir', build]
  execFileSync(process.execPath, [vite, ...args, '--logLevel', 'error'], { cwd: sources })
  const run: Version['run'] = async (command, env) => {
    const whole = { PATH: process.env['PATH'], ...env }
    const ended = await promisified(process.execPath, [`${build}/cli.js`, ...command], {
      env: whole,
    })
    return ended.stdout
  }
  return { name, build, run }
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' })
}
