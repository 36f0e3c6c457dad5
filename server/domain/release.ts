/** A version of a connected product, and who is offered it (S83). */
import { Temporal } from 'temporal-polyfill'
import { compareVersions } from './semver.ts'

/** From the calmest on: who follows one is offered the calmer ones, too. */
export const RELEASE_CHANNELS = ['stable', 'beta', 'alpha'] as const
export type ReleaseChannel = (typeof RELEASE_CHANNELS)[number]

export interface Artifact {
  readonly name: string
  /** https. */
  readonly url: string
  /** Bytes. */
  readonly size: number
  /** 64 hexadecimal digits, lower case. */
  readonly sha256: string
}

export interface Release {
  readonly id: string
  readonly version: string
  readonly channel: ReleaseChannel
  readonly releasedAt: Temporal.Instant
  /** Of the installations that may see it; 100 is everybody. */
  readonly rolloutPercent: number
  readonly yankedAt: Temporal.Instant | null
}

export interface Follower {
  readonly channel: ReleaseChannel
  /** Names the installation, so that it stays in or out while the percentage does. */
  readonly installation: string
}

/** What is offered to an installation, the newest version first. */
export function offered<R extends Release>(
  releases: readonly R[],
  { channel, installation }: Follower,
  now: Temporal.Instant,
): readonly R[] {
  const channels = RELEASE_CHANNELS.slice(0, RELEASE_CHANNELS.indexOf(channel) + 1)
  return releases
    .filter(
      (release) =>
        release.yankedAt === null &&
        channels.includes(release.channel) &&
        Temporal.Instant.compare(release.releasedAt, now) <= 0 &&
        bucketOf(`${release.id} ${installation}`) < release.rolloutPercent,
    )
    .toSorted((one, other) => compareVersions(other.version, one.version))
}

const BUCKETS = 100
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** 0–99, always the same for the same text (FNV-1a); raising a percentage never takes anybody out. */
function bucketOf(text: string): number {
  let hash = FNV_OFFSET
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, FNV_PRIME)
  }
  return (hash >>> 0) % BUCKETS
}
