/**
 * `npm test`: installs what is missing, then every check, one after the other, with the minutes of
 * each. Plain JavaScript, because it runs before anything is installed (Node >= 20).
 */
import { spawnSync } from 'node:child_process'
import { installMissing } from '../demo/install.mjs'

installMissing()

const STEPS = [
  ['format', 'npm run format:check'],
  ['lint', 'npm run lint'],
  ['types', 'npm run types'],
  ['build', 'npm run build'],
  ['server', 'npm run test:server'],
  ['crash', 'npm run test:crash'],
  ['simulation', 'npm run simulate:test'],
  ['parity', 'npm run test:parity'],
  ['widget', 'npm run test:widget'],
  ['journeys', 'npm run test:journeys'],
]

const only = process.argv.slice(2)
const results = []
for (const [name, command] of STEPS) {
  if (only.length > 0 && !only.includes(name)) continue
  console.log(`\n> ${name}: ${command}`)
  const startedAt = performance.now()
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  results.push({ name, ok: status === 0, seconds: (performance.now() - startedAt) / 1000 })
}

console.log()
for (const { name, ok, seconds } of results) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${seconds.toFixed(1)} s`)
}
const failed = results.filter((result) => !result.ok).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
