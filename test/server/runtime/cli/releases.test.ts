/** Versions as an operator publishes them, and what installations are offered then (S83). */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Update } from '../../../../server/contract/releases.ts'
import type { CommandLine } from '../../../support/command-line.ts'
import { BECAUSE, operatorLine } from '../../../support/operator-line.ts'
import { startVault, type Bought, type Vault } from '../../../support/vault.ts'

const ARTIFACT = {
  name: 'vault.deb',
  url: 'https://downloads.example.com/vault.deb',
  size: 1234,
  sha256: 'ab'.repeat(32),
}

let center: Vault
let product: Bought
let line: CommandLine
beforeAll(async () => {
  center = await startVault()
  product = await center.bought('seats', 1)
})
beforeEach(async () => {
  const { clock } = center.system
  clock.moveTo(clock.now().add({ minutes: 1 }))
  line = await operatorLine(center)
})
afterAll(() => center.remove())

const publish = (version: string, ...more: readonly string[]) =>
  line.run('releases', 'publish', 'vault', version, ...more, ...BECAUSE, '--json')

async function offered(version: string): Promise<Update> {
  const body = JSON.stringify({ key: product.key, product: 'vault', version })
  const headers = { 'Content-Type': 'application/json' }
  const init = { method: 'POST', headers, body }
  const answer = await fetch(`${center.system.origin}/v1/updates/check`, init)
  return Update.parse(await answer.json())
}

describe('releases', () => {
  it('publishes a version with its artifacts; the same again is the same one', async () => {
    await writeFile(join(line.directory, 'files.json'), JSON.stringify([ARTIFACT]))
    const first = await publish('1.0.0', '--artifacts', 'files.json')
    expect(first.exit).toBe(0)
    expect(first.json()).toMatchObject({ version: '1.0.0', channel: 'stable', artifacts: 1 })
    expect(await publish('1.0.0', '--artifacts', 'files.json')).toMatchObject({ exit: 0 })
    expect((await offered('0.9.0')).release).toMatchObject({
      version: '1.0.0',
      artifacts: [ARTIFACT],
    })
    const other = await publish('1.0.0')
    expect(other.exit).toBe(1)
    expect(other.json()).toMatchObject({ error: { code: 'release.exists' } })
  })

  it('offers a version to part of the installations, then to all, and to nobody once it is yanked', async () => {
    await publish('1.1.0', '--rollout', '0')
    expect((await offered('1.0.0')).answer).toBe('up_to_date')
    const all = ['releases', 'rollout', 'vault', '1.1.0', '--percent', '100', ...BECAUSE]
    expect(await line.run(...all)).toMatchObject({ exit: 0 })
    expect((await offered('1.0.0')).release?.version).toBe('1.1.0')
    await line.run('releases', 'yank', 'vault', '1.1.0', '--reason', 'Eats data', '--as', 'mia')
    expect(await offered('1.1.0')).toMatchObject({ yanked: 'Eats data', release: null })
    const { out } = await line.run('releases', 'list', 'vault')
    expect(out.split('\n').map((row) => row.split('  ')[0])).toEqual(['1.1.0', '1.0.0'])
    expect(out).toContain('withdrawn: Eats data')
  })

  it('understands no version, date, percentage or file that is none, and publishes nothing', async () => {
    const wrong = [
      [2, '1.2'],
      [2, '1.2.0', '--rollout', '101'],
      [2, '1.2.0', '--released-at', 'tomorrow'],
      [2, '1.2.0', '--channel', 'nightly'],
      [3, '1.2.0', '--artifacts', 'none.json'],
    ] as const
    for (const [exit, version, ...more] of wrong) {
      expect((await publish(version, ...more)).exit, [version, ...more].join(' ')).toBe(exit)
    }
    const nowhere = ['releases', 'publish', 'nothing', '1.2.0', ...BECAUSE, '--json']
    expect((await line.run(...nowhere)).json()).toMatchObject({
      error: { code: 'product.not_found' },
    })
    expect((await line.run('releases', 'publish', 'vault', '1.2.0')).exit).toBe(2)
    const { out } = await line.run('releases', 'list', 'vault')
    expect(out).not.toContain('1.2.0')
  })
})
