import { describe, expect, it } from 'vitest'
import { slidingWindow } from '../../../server/runtime/sliding-window.ts'

function start(sources = 100) {
  let at = 1_000_000
  const take = slidingWindow(() => at, { tries: 3, seconds: 60, sources })
  return { take, wait: (seconds: number) => void (at += seconds * 1000) }
}

describe('slidingWindow()', () => {
  it('allows so many tries, then says how long to wait', () => {
    const { take, wait } = start()
    expect([take('a'), take('a')]).toEqual([0, 0])
    wait(20)
    expect([take('a'), take('a')]).toEqual([0, 40])
  })

  it('allows the next one just when it said, and not a moment earlier', () => {
    const { take, wait } = start()
    for (const _ of [1, 2, 3]) take('a')
    wait(59.999)
    expect(take('a')).toBe(1)
    wait(0.001)
    expect(take('a')).toBe(0)
  })

  it('slides: no 60 seconds hold more than so many, wherever they begin', () => {
    const { take, wait } = start()
    const allowed: number[] = []
    for (let second = 0; second < 300; second++) {
      if (take('a') === 0) allowed.push(second)
      wait(1)
    }
    const most = allowed.map((from) => allowed.filter((at) => at >= from && at < from + 60).length)
    expect(Math.max(...most)).toBe(3)
  })

  it('does not count what it refused: patience is rewarded, not required again', () => {
    const { take, wait } = start()
    for (let tries = 0; tries < 50; tries++) take('a')
    wait(60)
    expect(take('a')).toBe(0)
  })

  it('counts each source for itself', () => {
    const { take } = start()
    for (const _ of [1, 2, 3, 4]) take('a')
    expect([take('a') > 0, take('b')]).toEqual([true, 0])
  })

  it('remembers a bounded number of sources, and forgets the quietest first', () => {
    const { take } = start(2)
    for (const _ of [1, 2, 3]) take('busy')
    for (let other = 0; other < 1000; other++) {
      take(`other ${other}`)
      expect(take('busy')).toBeGreaterThan(0)
    }
    take('one')
    take('two')
    expect(take('busy')).toBe(0)
  })
})
