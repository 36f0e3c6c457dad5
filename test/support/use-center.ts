import { afterAll, beforeAll } from 'vitest'
import { expectInvariants } from './invariants.ts'
import type { TestSystem } from './system.ts'
import { startVault, type Vault } from './vault.ts'

/** One for the tests of a file: it is there once they run, and what must always hold is asked after them. */
export function useCenter<Center extends TestSystem>(start: () => Promise<Center>): Center {
  // Guarantee: filled before the first test, and nobody else has a use for it.
  const center = {} as Center
  beforeAll(async () => void Object.assign(center, await start()))
  afterAll(async () => {
    await expectInvariants(center.system)
    await center.remove()
  })
  return center
}

export const useVault = (): Vault => useCenter(startVault)
