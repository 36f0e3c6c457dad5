import type {
  Redeemed,
  RegistrationCode,
  RotatedKey,
  SentKey,
} from '../../server/contract/activation-codes.ts'
import type { AllocationFilter, AllocationList } from '../../server/contract/allocations.ts'
import type {
  ActivatedByCode,
  Installation,
  InstallationList,
  Rebind,
  UnitList,
} from '../../server/contract/installations.ts'
import { readBlob, readJson } from './answer.ts'
import { type Client, search } from './client.ts'

export interface RebindWish {
  readonly activation_id: string
  readonly fingerprint: string
  readonly name: string | null
  readonly reason: string | null
}

export interface ReleaseWish {
  readonly activation_id?: string
  readonly deactivation_code?: string
}

type Read<T> = (response: Response) => Promise<T>

/** What only the activation panels ask the License Center. Every command is safe to repeat. */
export class ActivationClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  async installations(id: string, cursor: string | null, signal: AbortSignal) {
    const path = `licenses/${id}/activations${search(paging(cursor))}`
    return this.#client.call(path, { signal }, (response) =>
      readJson<InstallationList>(response, ['data', 'next_cursor', 'count', 'now']),
    )
  }

  async units(id: string, cursor: string | null, signal: AbortSignal) {
    const path = `licenses/${id}/units${search(paging(cursor))}`
    return this.#client.call(path, { signal }, (response) =>
      readJson<UnitList>(response, ['data', 'next_cursor', 'count', 'left', 'now']),
    )
  }

  async allocations(filter: AllocationFilter, cursor: string | null, signal: AbortSignal) {
    const path = `allocations${search({ ...filter, ...paging(cursor) })}`
    return this.#client.call(path, { signal }, (response) =>
      readJson<AllocationList>(response, ['data', 'next_cursor', 'now']),
    )
  }

  /** Everything that matches; a link could not carry the bearer token. */
  async allocationsCsv(filter: AllocationFilter, signal: AbortSignal): Promise<Blob> {
    return this.#client.call(`allocations.csv${search(filter)}`, { signal }, (response) =>
      readBlob(response, 'text/csv'),
    )
  }

  /** Journaled each time. */
  async reveal(id: string, signal: AbortSignal): Promise<string> {
    const { key } = await this.#post(
      `licenses/${id}/reveal`,
      {},
      (response) => readJson<{ key: string }>(response, ['key']),
      signal,
    )
    return key
  }

  /** @param last4  ending of the key that is replaced: a repeat answers the same new one */
  async rotateKey(id: string, last4: string, overlapHours: number, signal: AbortSignal) {
    const body = { key_last4: last4, overlap_hours: overlapHours }
    return this.#post(
      `licenses/${id}/rotate-key`,
      body,
      (response) => readJson<RotatedKey>(response, ['key', 'key_last4', 'previous_until']),
      signal,
    )
  }

  async sendKey(id: string, signal: AbortSignal) {
    const read: Read<SentKey> = (response) => readJson(response, ['sent_to'])
    return this.#post(`licenses/${id}/send-key`, {}, read, signal)
  }

  async release(id: string, body: ReleaseWish, signal: AbortSignal) {
    const read: Read<Installation> = (response) => readJson(response, ['id', 'state'])
    return this.#post(`licenses/${id}/release`, body, read, signal)
  }

  async activateByCode(id: string, code: string, name: string | null, signal: AbortSignal) {
    const body = { registration_code: code, name }
    const read: Read<ActivatedByCode> = (response) =>
      readJson(response, ['activation_code', 'activation', 'expires_at'])
    return this.#post(`licenses/${id}/activation-code`, body, read, signal)
  }

  async rebind(id: string, body: RebindWish, signal: AbortSignal) {
    return this.#post(`licenses/${id}/rebind`, body, readRebind, signal)
  }

  async withdrawRebind(id: string, rebindId: string, signal: AbortSignal) {
    const body = { rebind_id: rebindId }
    return this.#post(`licenses/${id}/rebind/withdraw`, body, readRebind, signal)
  }

  /** @param activation  null: the only active one */
  async file(id: string, activation: string | null, signal: AbortSignal): Promise<Blob> {
    const query = search({ activation: activation ?? '' })
    return this.#client.call(`licenses/${id}/file${query}`, { signal }, (response) =>
      readBlob(response, 'application/jwt'),
    )
  }

  async registrationCode(signal: AbortSignal): Promise<string> {
    const answer = await this.#client.call('registration-code', { signal }, (response) =>
      readJson<RegistrationCode>(response, ['registration_code']),
    )
    return answer.registration_code
  }

  async redeem(code: string, signal: AbortSignal) {
    const body = { activation_code: code }
    const read: Read<Redeemed> = (response) => readJson(response, ['licenses'])
    return this.#post('activation-codes/redeem', body, read, signal)
  }

  #post<T>(path: string, body: object, read: Read<T>, signal: AbortSignal): Promise<T> {
    return this.#client.call(path, { method: 'POST', body, signal }, read)
  }
}

const readRebind: Read<Rebind> = (response) => readJson(response, ['id', 'state', 'reasons'])

const PAGE_SIZE = 50

function paging(cursor: string | null): object {
  return { limit: PAGE_SIZE, cursor: cursor ?? '' }
}
