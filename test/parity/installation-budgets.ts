/** What the routes about installations of a license may cost, in database round trips. */
import type { Budget } from './budgets.ts'
import { fileDownloaded, ofActivated, REGISTRATION, revealed } from './license-budgets.ts'

export const INSTALLATION_BUDGETS: Readonly<Record<string, Budget>> = {
  'POST /w/:publishableKey/licenses/:id/reveal': { roundTrips: 2, prepare: revealed },
  'GET /w/:publishableKey/licenses/:id/activations': {
    roundTrips: 1,
    prepare: ofActivated((id) => [`licenses/${id}/activations`, {}]),
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
