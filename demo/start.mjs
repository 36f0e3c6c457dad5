/**
 * `npm start`: installs what is missing, builds what has changed, then serves the demo. Plain
 * JavaScript, because it runs before anything is installed (Node >= 20).
 */
import { spawn } from 'node:child_process'
import { buildStale } from './build.mjs'
import { installMissing } from './install.mjs'

installMissing()
buildStale()
const server = spawn('node', ['dist/server/demo.js'], {
  cwd: new URL('..', import.meta.url),
  stdio: 'inherit',
})
// Ctrl-C stops the server, which ends this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 0))
