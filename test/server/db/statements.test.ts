import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../../server/db/migrations.ts'
import { splitStatements } from '../../../server/db/statements.ts'

describe('splitStatements()', () => {
  it.each([
    { why: 'ends at semicolons', text: 'SELECT 1; SELECT 2;', parts: ['SELECT 1', 'SELECT 2'] },
    { why: 'needs none at the end', text: 'SELECT 1;\nSELECT 2', parts: ['SELECT 1', 'SELECT 2'] },
    {
      why: 'keeps quoted ones',
      text: `SELECT 'a;''b;', ";", \`;\`, [;];`,
      parts: [`SELECT 'a;''b;', ";", \`;\`, [;]`],
    },
    {
      why: 'keeps those in comments',
      text: 'SELECT 1 -- a; b\n+ 1 /* ; */;',
      parts: ['SELECT 1 -- a; b\n+ 1 /* ; */'],
    },
    {
      why: 'is not misled by a quote in a comment',
      text: `-- it's\nSELECT 1; SELECT 2;`,
      parts: [`-- it's\nSELECT 1`, 'SELECT 2'],
    },
    {
      why: 'is not misled by a comment in a text',
      text: `SELECT '--'; SELECT '/*';`,
      parts: [`SELECT '--'`, `SELECT '/*'`],
    },
    { why: 'leaves out what holds nothing', text: ' ;; -- only words;\n ; /* ; */ ', parts: [] },
    {
      why: 'does not take BEGIN for a trigger',
      text: 'BEGIN; SELECT 1; END;',
      parts: ['BEGIN', 'SELECT 1', 'END'],
    },
  ])('$why', ({ text, parts }) => {
    expect(splitStatements(text)).toEqual(parts)
  })

  it('keeps the body of a trigger together, CASE … END inside it as well', () => {
    const trigger = `CREATE TEMP TRIGGER t AFTER UPDATE ON a WHEN CASE WHEN 1 THEN 1 END BEGIN
      SELECT CASE WHEN new.x > 1 THEN RAISE(ABORT, 'no; end') END; -- END;
      DELETE FROM b;
    END`
    expect(splitStatements(`${trigger};\nSELECT 1;`)).toEqual([trigger, 'SELECT 1'])
  })

  it('loses nothing of the migrations themselves', () => {
    for (const { text } of MIGRATIONS) {
      const created = text.match(/^(CREATE|ALTER|DROP) /gm)?.length
      expect(splitStatements(text)).toHaveLength(created ?? 0)
    }
  })
})
