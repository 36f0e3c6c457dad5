const isOfRules = process.env.MUTATION_OF_RULES !== undefined

/** One file at a time, started by `run.mjs`. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // Its search for related tests finds none: ours import with `.ts` from another folder.
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  ignorePatterns: ['dist', 'widget', '.data', 'test/journeys', 'test/widget', 'test/parity'],
  concurrency: 1,
  // It would rewrite paths in it with an interface that TypeScript 7 has no more; ours leads nowhere else.
  tsconfigFile: 'none',
  tempDirName: 'node_modules/.cache/mutation/sandbox',
  reporters: ['json'],
  jsonReporter: { fileName: process.env.MUTATION_REPORT },
  // What a module does as it is read is asked of all its tests, which start a system each: for hours.
  ignoreStatic: !isOfRules,
  // Names of events, words and columns: a line of SQL or JSON of which each part would be asked for.
  mutator: { excludedMutations: isOfRules ? [] : ['StringLiteral', 'ObjectLiteral'] },
  timeoutMS: 20_000,
}
