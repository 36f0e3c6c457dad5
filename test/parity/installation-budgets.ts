/** What the routes about installations of a license may cost, in database round trips. */
import type { Budget } from './budgets.ts'
import {
  fileDownloaded,
  ofActivated,
  rebound,
  redeemed,
  REGISTRATION,
  revealed,
} from './license-budgets.ts'

export const INSTALLATION_BUDGETS: Readonly<Record<string, Budget>> = {
  // Rare: who asks, what may move, the move, and the answer as it is after it.
  'POST /v1/licenses/rebind': { roundTrips: 4, prepare: rebound },
  'POST /w/:publishableKey/licenses/:id/reveal': { roundTrips: 2, prepare: revealed },
  'POST /w/:publishableKey/licenses/:id/rebind': {
    roundTrips: 2,
    prepare: ofActivated((id, activation) => [
      `licenses/${id}/rebind`,
      { body: { activation_id: activation, fingerprint: 'host-b' } },
    ]),
  },
  'POST /w/:publishableKey/licenses/:id/rebind/withdraw': {
    roundTrips: 2,
    status: 404,
    prepare: ofActivated((id) => [
      `licenses/${id}/rebind/withdraw`,
      { body: { rebind_id: 'reb_01h455vb4pex5vsknk084sn02q' } },
    ]),
  },
  'GET /w/:publishableKey/allocations': {
    roundTrips: 1,
    prepare: ofActivated(() => ['allocations', {}]),
  },
  'GET /w/:publishableKey/allocations.csv': {
    roundTrips: 1,
    prepare: ofActivated(() => ['allocations.csv', {}]),
  },
  'POST /w/:publishableKey/licenses/:id/rotate-key': {
    roundTrips: 2,
    prepare: ofActivated((id, _, last4) => [
      `licenses/${id}/rotate-key`,
      { body: { key_last4: last4 } },
    ]),
  },
  'POST /w/:publishableKey/licenses/:id/send-key': {
    roundTrips: 3,
    prepare: ofActivated((id) => [`licenses/${id}/send-key`, { method: 'POST' }]),
  },
  'GET /w/:publishableKey/registration-code': {
    roundTrips: 0,
    prepare: ofActivated(() => ['registration-code', {}]),
  },
  'POST /w/:publishableKey/activation-codes/redeem': {
    roundTrips: 3,
    prepare: redeemed,
  },
  'GET /w/:publishableKey/licenses/:id/activations': {
    roundTrips: 1,
    prepare: ofActivated((id) => [`licenses/${id}/activations`, {}]),
  },
  'GET /w/:publishableKey/licenses/:id/units': {
    roundTrips: 1,
    prepare: ofActivated((id) => [`licenses/${id}/units`, {}]),
  },
  'POST /w/:publishableKey/licenses/:id/release': {
    roundTrips: 2,
    prepare: ofActivated((id, activation) => [
      `licenses/${id}/release`,
      { body: { activation_id: activation } },
    ]),
  },
  'POST /w/:publishableKey/licenses/:id/activation-code': {
    roundTrips: 2,
    prepare: ofActivated((id) => [
      `licenses/${id}/activation-code`,
      { body: { registration_code: REGISTRATION } },
    ]),
  },
  'GET /w/:publishableKey/licenses/:id/file': { roundTrips: 2, prepare: fileDownloaded },
}
