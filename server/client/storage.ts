/** Where an installation keeps what it was told: one text, in a file or wherever the product keeps things. */
export interface LicenseStorage {
  /** @returns what was written last; null when nothing was */
  read(): Promise<string | null>
  write(text: string): Promise<void>
}

/** Forgets with the process: each start asks the center. */
export function memoryStorage(): LicenseStorage {
  let kept: string | null = null
  return {
    read: async () => kept,
    write: async (text) => {
      kept = text
    },
  }
}
