/** An installed product with the client in it: a disk of its own, a clock that can be turned, a network that can be cut. */
import {
  createLicenseClient,
  type LicenseClient,
  type LicenseClientOptions,
  type LicenseStorage,
} from '../../server/client/license-client.ts'

export interface Machine {
  /** The only thing on its disk. */
  readonly disk: LicenseStorage & { text: string | null; isBroken: boolean }
  /** How far its clock is off, in milliseconds. */
  clockOffsetMs: number
  isOnline: boolean
  /** Requests that reached the network, as paths. */
  readonly asked: string[]
  /** What answers in place of the center. */
  answeredBy: ((url: string, init: RequestInit) => Response | Promise<Response>) | null
  /** Starts the product, as after each restart. */
  start(options?: Partial<LicenseClientOptions>): LicenseClient
}

export interface MachineOptions {
  readonly center: string
  readonly product: string
  readonly key: string
  readonly fingerprint: string | null
  /** The right time, in milliseconds since 1970. */
  readonly now: () => number
}

export function createMachine(options: MachineOptions): Machine {
  const { now, ...about } = options
  const machine: Machine = {
    disk: createDisk(),
    clockOffsetMs: 0,
    isOnline: true,
    asked: [],
    answeredBy: null,
    start: (more) =>
      createLicenseClient({
        ...about,
        storage: machine.disk,
        surroundings: {
          now: () => now() + machine.clockOffsetMs,
          random: () => 0,
          fetch: async (url, init) => {
            if (!machine.isOnline) throw new TypeError('fetch failed')
            machine.asked.push(new URL(url).pathname)
            return machine.answeredBy?.(url, init) ?? fetch(url, init)
          },
        },
        ...more,
      }),
  }
  return machine
}

function createDisk(): Machine['disk'] {
  const disk: Machine['disk'] = {
    text: null,
    isBroken: false,
    read: async () => (disk.isBroken ? Promise.reject(new Error('EIO')) : disk.text),
    write: async (text) => {
      if (disk.isBroken) throw new Error('EROFS')
      disk.text = text
    },
  }
  return disk
}
