/** In `npm test` laws are tried on the same values each time; `npm run laws` looks for new ones. */
import fc from 'fast-check'

const SEED = 20_260_101

if (process.env['LAW_RUNS'] === undefined) fc.configureGlobal({ seed: SEED })
