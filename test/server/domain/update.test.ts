/** R20: what a license covers of the versions that are offered; S83: who is offered what. */
import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import type { UpdatePolicy } from '../../../server/domain/catalogue.ts'
import { offered, type Release } from '../../../server/domain/release.ts'
import { decideUpdate, type Entitlement } from '../../../server/domain/update.ts'

const NOW = at('2031-06-01T00:00:00Z')

function release(version: string, releasedOn: string, more: Partial<Release> = {}): Release {
  return {
    id: `rls_${version}`,
    version,
    channel: 'stable',
    releasedAt: at(`${releasedOn}T12:00:00Z`),
    rolloutPercent: 100,
    yankedAt: null,
    ...more,
  }
}

const RELEASES = [
  release('1.0.0', '2030-01-10'),
  release('1.1.0', '2030-03-01'),
  release('2.0.0', '2031-02-28'),
  release('2.0.1', '2031-04-01'),
  release('2.1.0', '2031-05-01'),
]
const offers = offered(RELEASES, { channel: 'stable', installation: 'a' }, NOW)

/** Bought on 2030-03-01, ended a year later. */
function expired(policy: UpdatePolicy, code: Entitlement['code'] = 'EXPIRED'): Entitlement {
  return {
    code,
    policy,
    activatedAt: at('2030-03-01T12:00:00Z'),
    endsAt: at('2031-03-01T12:00:00Z'),
    anchor: { day: 1, time: '12:00:00', zone: 'UTC' },
  }
}

describe('an installation', () => {
  it.each([
    { why: 'no license', entitlement: null },
    { why: 'a suspended one', entitlement: expired({ after_expiry: 'allow' }, 'SUSPENDED') },
  ])('with $why is entitled to nothing, not even to be up to date', ({ entitlement }) => {
    expect(decideUpdate(offers, '2.1.0', entitlement)).toEqual({
      answer: 'not_entitled',
      release: null,
      latest: offers[0],
      lastEligible: null,
    })
  })

  it('is up to date where nothing is offered', () => {
    const decision = decideUpdate([], '1.0.0', expired({ after_expiry: 'allow' }, 'VALID'))
    expect(decision).toMatchObject({ answer: 'up_to_date', latest: null })
  })
})

describe('an expired license', () => {
  it.each([
    { after_expiry: 'allow', installed: '1.1.0', answer: 'eligible', version: '2.1.0' },
    { after_expiry: 'maintain', installed: '1.1.0', answer: 'newest_eligible', version: '2.0.1' },
    { after_expiry: 'restrict', installed: '1.1.0', answer: 'newest_eligible', version: '2.0.0' },
    { after_expiry: 'restrict', installed: '2.0.0', answer: 'newest_eligible', version: undefined },
    { after_expiry: 'revoke', installed: '1.1.0', answer: 'not_entitled', version: undefined },
    { after_expiry: 'revoke', installed: '2.1.0', answer: 'up_to_date', version: undefined },
  ] as const)(
    'with “$after_expiry” and $installed installed: $answer $version',
    ({ after_expiry, installed, answer, version }) => {
      const decision = decideUpdate(offers, installed, expired({ after_expiry }))
      expect(decision).toMatchObject({ answer, latest: { version: '2.1.0' } })
      expect(decision.release?.version).toBe(version)
    },
  )

  it('keeps what was out when its last whole fallback period began, once one was paid for', () => {
    const years = (months: number) =>
      decideUpdate(
        offers,
        '1.0.0',
        expired({ after_expiry: 'revoke', perpetual_fallback_months: months }),
      )
    expect(years(12)).toMatchObject({ answer: 'newest_eligible', release: { version: '1.1.0' } })
    expect(years(13).answer).toBe('not_entitled')
  })

  it('covers to the second what was released by its expiry', () => {
    const second = release('3.0.0', '2031-03-01')
    const late = { ...second, releasedAt: second.releasedAt.add({ seconds: 1 }) }
    const policy = expired({ after_expiry: 'restrict' })
    expect(decideUpdate([second], '1.0.0', policy).answer).toBe('eligible')
    expect(decideUpdate([late], '1.0.0', policy).answer).toBe('not_entitled')
  })
})

describe('a license', () => {
  it.each(['VALID', 'EXPIRING', 'GRACE'] as const)('that is %s has all updates', (code) => {
    const decision = decideUpdate(offers, '1.0.0', expired({ after_expiry: 'revoke' }, code))
    expect(decision).toMatchObject({ answer: 'eligible', release: { version: '2.1.0' } })
  })

  it.each(['REVOKED', 'SUSPENDED', 'UNDER_REVIEW', 'NOT_ACTIVATED', 'CONSUMED'] as const)(
    'that is %s has none, whatever its plan allows',
    (code) => {
      const decision = decideUpdate(offers, '1.0.0', expired({ after_expiry: 'allow' }, code))
      expect(decision).toMatchObject({ answer: 'not_entitled', release: null, lastEligible: null })
    },
  )
})

describe('offered()', () => {
  const names = (releases: readonly Release[], channel: Release['channel'] = 'stable') =>
    offered(releases, { channel, installation: 'a' }, NOW).map(({ version }) => version)

  it('begins to the very moment of the release', () => {
    const out = [release('1.0.0', '2031-01-01', { releasedAt: NOW })]
    expect(names(out)).toEqual(['1.0.0'])
  })

  it('leaves out what is withdrawn, or not out yet, and follows calmer channels', () => {
    const all = [
      release('1.0.0', '2031-01-01'),
      release('1.1.0', '2031-01-01', { yankedAt: NOW }),
      release('1.2.0', '2031-07-01'),
      release('2.0.0-beta.1', '2031-01-01', { channel: 'beta' }),
      release('2.0.0-alpha.1', '2031-01-01', { channel: 'alpha' }),
    ]
    expect(names(all)).toEqual(['1.0.0'])
    expect(names(all, 'beta')).toEqual(['2.0.0-beta.1', '1.0.0'])
    expect(names(all, 'alpha')).toEqual(['2.0.0-beta.1', '2.0.0-alpha.1', '1.0.0'])
  })

  it('offers a version to about as many as its percentage says, and takes it from nobody while that rises', () => {
    const crowd = Array.from({ length: 2000 }, (_, n) => `host-${n}`)
    const seenBy = (rolloutPercent: number) =>
      new Set(
        crowd.filter((installation) => {
          const one = release('1.0.0', '2031-01-01', { rolloutPercent })
          return offered([one], { channel: 'stable', installation }, NOW).length > 0
        }),
      )
    const [none, some, more, all] = [seenBy(0), seenBy(20), seenBy(60), seenBy(100)]
    expect([none.size, all.size]).toEqual([0, 2000])
    expect(some.size).toBeGreaterThan(300)
    expect(some.size).toBeLessThan(500)
    expect([...some].every((host) => more.has(host))).toBe(true)
  })
})
