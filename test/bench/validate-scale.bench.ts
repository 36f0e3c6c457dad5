import { it } from 'vitest'
import { runBuilt } from './built.ts'

it('validate with 1,000,000 licenses against 1,000 (aim: at most 1.3 times the time, ratio 0.77)', async () => {
  await runBuilt('validate-at-scale')
})
