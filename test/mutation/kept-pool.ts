/**
 * Runs the tests of all changes of a file in one process, which reads what they import once. Vitest
 * starts a process for each run, and a run for each change: that took three seconds, and most tests
 * take less than one.
 */
import { fork, type ChildProcess } from 'node:child_process'
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node'

const NAME = 'kept'
const ENTRY = 'test/mutation/kept-worker.mjs'

let kept: ChildProcess | null = null

export const keptPool: PoolRunnerInitializer = {
  name: NAME,
  createPoolWorker: (options) => workerOf(options),
}

/** What a module does as it is read has to be done anew: those changes get a process of their own. */
function isStatic({ project }: PoolOptions): boolean {
  return (
    (project.getProvidedContext() as { mutantActivation?: string }).mutantActivation === 'static'
  )
}

function workerOf(options: PoolOptions): PoolWorker {
  const isOwn = isStatic(options)
  const started = () => {
    const { env, execArgv } = options
    return fork(ENTRY, [], { env: env as NodeJS.ProcessEnv, execArgv, serialization: 'advanced' })
  }
  let process: ChildProcess | null = null
  const running = () => {
    if (process === null) throw new Error('it has not been started')
    return process
  }
  return {
    name: NAME,
    cacheFs: true,
    start: async () => {
      if (kept?.exitCode !== null) kept = null
      process = isOwn ? started() : (kept ??= started())
    },
    stop: async () => {
      if (isOwn) process?.kill('SIGKILL')
    },
    on: (event, callback) => void running().on(event, callback),
    off: (event, callback) => void running().off(event, callback),
    send: (message: WorkerRequest) => void running().send(message),
    deserialize: (data) => data,
  }
}
