import { it } from 'vitest'
import { runBuilt } from './built.ts'

it('webhooks to four living endpoints, alone and beside a dead one with 100,000 waiting (N15)', async () => {
  await runBuilt('webhook-fan-out')
})
