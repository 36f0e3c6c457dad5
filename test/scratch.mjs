/**
 * Where tests keep their databases (`support/scratch.ts`): in memory, if there is room. Each commit waits
 * for the disk, which is a tenth of the server tests on a fast one and most of them on a slow one. The
 * files are as real as elsewhere; what a flush is worth only a power cut could tell.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const ROOM_BYTES = 4 * 2 ** 30

/** @returns {string} a directory of its own, that goes with this process */
export function makeScratch() {
  const scratch = mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), 'license-center-test-'))
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return scratch
}

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ROOM_BYTES && freemem() >= ROOM_BYTES
  } catch {
    return false
  }
}
