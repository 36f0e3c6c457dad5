/** Runs test files for `kept-pool.ts`, time and again, until nobody asks any more. */
import { Worker } from 'node:worker_threads'
import { init, runBaseTests, setupEnvironment } from 'vitest/worker'

// Tests may replace these, and Vitest replaces the last.
const send = process.send.bind(process)
const on = process.on.bind(process)
const off = process.off.bind(process)
const exit = process.exit.bind(process)

on('disconnect', () => exit(0))
// A change that never ends hears nothing any more; a thread of its own does.
const watch = `const { ppid } = process
setInterval(() => process.ppid === ppid || process.kill(process.pid, 'SIGKILL'), 1000)`
new Worker(watch, { eval: true }).unref()
init({
  post: (message) => send(message),
  on: (callback) => on('message', callback),
  off: (callback) => off('message', callback),
  setup: (context) => {
    // What is read before the tests begin must not meet the change before this one.
    if (globalThis.__stryker__ !== undefined) globalThis.__stryker__.activeMutant = undefined
    return setupEnvironment(context)
  },
  runTests: (state, traces) => runBaseTests('run', state, traces),
  collectTests: (state, traces) => runBaseTests('collect', state, traces),
})
