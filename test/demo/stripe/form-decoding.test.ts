import { describe, expect, it } from 'vitest'
import { decodeForm } from '../../../demo/stripe/form-decoding.ts'

describe('decodeForm()', () => {
  it.each([
    ['a=1&b=two%20words', { a: '1', b: 'two words' }],
    ['a[b][c]=1', { a: { b: { c: '1' } } }],
    ['a[0][b]=1&a[1][b]=2', { a: [{ b: '1' }, { b: '2' }] }],
    ['expand[]=x&expand[]=y', { expand: ['x', 'y'] }],
    ['a[1]=x', { a: { 1: 'x' } }],
    ['', {}],
  ])('%j', (text, expected) => {
    expect(JSON.parse(JSON.stringify(decodeForm(text)))).toEqual(expected)
  })

  it('gives no name a special meaning', () => {
    const form = decodeForm('__proto__[polluted]=1&constructor=2')
    expect(Object.getPrototypeOf(form)).toBeNull()
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it.each(['a[b=1', '[a]=1', 'a[b][c][d][e][f][g][h][i]=1'])('refuses %j', (text) => {
    expect(() => decodeForm(text)).toThrow(/Invalid parameter name/)
  })
})
