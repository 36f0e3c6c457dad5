/** The elements as hosts see them: attributes, events and parts are a contract (W1, W14). */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const named = z.array(z.object({ name: z.string() })).default([])
const Manifest = z.object({
  modules: z.array(
    z.object({
      declarations: z.array(
        z.object({
          tagName: z.string().optional(),
          attributes: named,
          events: named,
          cssParts: named,
        }),
      ),
    }),
  ),
})

const COMMITTED = 'widget/custom-elements.json'

describe('the custom elements manifest', () => {
  it('is the one that the sources give; otherwise run `npm run manifest`', () => {
    // Inside the repository, because the analyzer writes relative to where it runs.
    const directory = mkdtempSync('.tmp-manifest-')
    try {
      const config = 'widget/custom-elements.config.mjs'
      execFileSync('cem', ['analyze', '--config', config, '--outdir', directory, '--quiet'])
      const fresh = JSON.parse(readFileSync(join(directory, 'custom-elements.json'), 'utf8'))
      expect(fresh).toEqual(JSON.parse(readFileSync(COMMITTED, 'utf8')))
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

  it('names both tags, the attributes that they share, and a part and events for each', () => {
    const { modules } = Manifest.parse(JSON.parse(readFileSync(COMMITTED, 'utf8')))
    const elements = modules.flatMap(({ declarations }) => declarations)
    for (const tag of ['license-subscribe', 'license-manager']) {
      const element = elements.find(({ tagName }) => tagName === tag)
      const attributes = element?.attributes.map(({ name }) => name) ?? []
      expect(attributes).toEqual(expect.arrayContaining(SHARED))
      expect(element?.events.map(({ name }) => name)).toContain('license-purchased')
      expect(element?.cssParts.map(({ name }) => name)).toContain('root')
    }
  })
})

const SHARED = [
  'publishable-key',
  'type',
  'center',
  'home-url',
  'currency',
  'theme',
  'lang',
  'token',
]
