/** In `npm test` laws are tried on the same values each time; `npm run laws` looks for new ones, more often. */
import fc from 'fast-check'

const SEED = 20_260_101
const asked = process.env['LAW_RUNS']

fc.configureGlobal(asked === undefined ? { seed: SEED } : { numRuns: Number(asked) })
