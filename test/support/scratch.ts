import { tmpdir } from 'node:os'

/** Where databases of tests are made: where `test/scratch.mjs` found room, if that ran. */
export function scratch(): string {
  return process.env['TEST_SCRATCH'] ?? tmpdir()
}
