/** What the demo keeps between two runs: its secrets, the keys of its hosts, how far its clock went. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { exportJWK, generateKeyPair } from 'jose'
import type { JWK } from 'jose'
import { z } from 'zod'

const KeyPair = z.object({ public: z.looseObject({}), private: z.looseObject({}) })

const DemoState = z.object({
  licenseKeyHash: z.string(),
  licenseKeyCipher: z.string(),
  linkToken: z.string(),
  webhookSecret: z.string(),
  /** Private JWK; made anew for a demo of before there was one. */
  licenseSigningKey: z.looseObject({}).optional(),
  /** Of the hosts' backends, by product. */
  hostKeys: z.record(z.string(), KeyPair),
  clockOffsetMs: z.number(),
  isSeeded: z.boolean(),
  /** Purchases of the seed that were made: a start that was stopped halfway goes on from there. */
  seededPurchases: z.number().int().default(0),
})
export type DemoState = z.infer<typeof DemoState>

export interface StateFile {
  readonly state: DemoState
  save(change: Partial<DemoState>): void
}

/**
 * @param directory      created when absent; delete it to start afresh
 * @param clockOffsetMs  of a demo that starts afresh
 */
export async function openState(
  directory: string,
  products: readonly string[],
  clockOffsetMs: number,
): Promise<StateFile> {
  mkdirSync(directory, { recursive: true })
  const path = `${directory}/demo.json`
  let state = existsSync(path)
    ? DemoState.parse(JSON.parse(readFileSync(path, 'utf8')))
    : await newState(products, clockOffsetMs)
  const save = (change: Partial<DemoState>) => {
    state = { ...state, ...change }
    writeFileSync(path, JSON.stringify(state, null, 2), { mode: 0o600 })
  }
  save(state.licenseSigningKey === undefined ? { licenseSigningKey: await newSigningKey() } : {})
  return {
    get state() {
      return state
    },
    save,
  }
}

async function newState(products: readonly string[], clockOffsetMs: number): Promise<DemoState> {
  const pairs = await Promise.all(products.map(async (id) => [id, await newKeyPair()] as const))
  return {
    licenseKeyHash: newSecret(),
    licenseKeyCipher: newSecret(),
    linkToken: newSecret(),
    webhookSecret: `whsec_${newSecret()}`,
    hostKeys: Object.fromEntries(pairs),
    licenseSigningKey: await newSigningKey(),
    clockOffsetMs,
    isSeeded: false,
    seededPurchases: 0,
  }
}

async function newKeyPair(): Promise<{ public: JWK; private: JWK }> {
  const pair = await generateKeyPair('EdDSA', { extractable: true })
  return { public: await exportJWK(pair.publicKey), private: await exportJWK(pair.privateKey) }
}

async function newSigningKey(): Promise<Record<string, unknown>> {
  return { ...(await newKeyPair()).private, kid: 'demo-1' }
}

/** 32 bytes in base64url. */
function newSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
}
