import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { catalogueSchema } from '../../../server/domain/catalogue-schema.ts'

const DEMO = new URL('../../../demo/', import.meta.url)

describe('the schema for editors', () => {
  it('is the one beside the demo catalogue (renew it: license-center catalogue schema > FILE)', async () => {
    const committed = await readFile(new URL('catalogue.schema.json', DEMO), 'utf8')
    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(catalogueSchema())))
  })

  it('is named in the first line of the demo catalogue', async () => {
    const yaml = await readFile(new URL('catalogue.yaml', DEMO), 'utf8')
    expect(yaml.split('\n')[0]).toBe('# yaml-language-server: $schema=catalogue.schema.json')
    expect(parse(yaml)).toHaveProperty('products')
  })

  it('asks for what has no default, and for nothing unknown', () => {
    expect(catalogueSchema()).toMatchObject({
      additionalProperties: false,
      properties: {
        products: {
          items: {
            additionalProperties: false,
            required: [
              'id',
              'name',
              'publishable_keys',
              'home_url',
              'key_prefix',
              'currencies',
              'plans',
            ],
          },
        },
      },
    })
  })
})
