/** How often a law is tried: 1,000 times in `npm test`, as often as asked in `npm run laws`. */
export const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 1000) }

/** For one law, by how often it is tried; a loaded machine needs a tenth of it. */
export const LAW_TIMEOUT_MS = RUNS.numRuns * 120
