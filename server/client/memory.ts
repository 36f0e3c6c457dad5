/** The storage of the product, as it may fail: what was kept stays known to the process. */
import { nothingKept, readKept, writeKept, type Kept } from './kept.ts'
import type { LicenseStorage } from './storage.ts'

export interface Loaded {
  readonly kept: Kept
  /** What was found is not what was written. */
  readonly isDamaged: boolean
}

export interface Memory {
  load(): Promise<Loaded>
  keep(kept: Kept): Promise<void>
  /** Time that has passed stays passed, also through a restart. */
  sawTime(kept: Kept, nowMs: number): Promise<void>
}

/** Time is written down this often: less than a clock may be wrong would only wear the disk. */
const TIME_STEP_MS = 600_000

export function createMemory(storage: LicenseStorage, onError: (error: unknown) => void): Memory {
  let latest: Kept | null = null
  const keep = async (kept: Kept) => {
    latest = kept
    await storage.write(writeKept(kept)).catch(onError)
  }
  return {
    keep,
    async load() {
      const text = await storage.read().catch((error: unknown) => {
        onError(error)
        return latest && writeKept(latest)
      })
      if (text === null) return { kept: latest ?? nothingKept(''), isDamaged: false }
      const kept = readKept(text)
      if (kept === null) return { kept: latest ?? nothingKept(''), isDamaged: true }
      return { kept: atLeast(kept, latest), isDamaged: false }
    },
    async sawTime(kept, nowMs) {
      if (kept.token !== null && nowMs >= kept.seenAtMs + TIME_STEP_MS) {
        await keep({ ...kept, seenAtMs: nowMs })
      }
    },
  }
}

/** An older file put back while the process runs is an older file. */
function atLeast(kept: Kept, latest: Kept | null): Kept {
  if (latest === null || latest.of !== kept.of) return kept
  return {
    ...kept,
    seq: Math.max(kept.seq, latest.seq),
    iat: Math.max(kept.iat, latest.iat),
    seenAtMs: Math.max(kept.seenAtMs, latest.seenAtMs),
  }
}
