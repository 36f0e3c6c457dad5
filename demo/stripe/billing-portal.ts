/** POST /v1/billing_portal/sessions: where customers find their invoices and saved methods. */
import { z } from 'zod'
import { findCustomer } from './customers.ts'
import type { FormHash } from './form-decoding.ts'
import { checkParameters, expand, text, url } from './parameters.ts'
import type { Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

export interface PortalSession {
  readonly id: string
  readonly customer: string
  readonly returnUrl: string | null
}

const NewPortalSession = z.strictObject({
  customer: text,
  return_url: url.optional(),
  locale: text.optional(),
  configuration: text.optional(),
  expand,
})

export function createPortalSession(
  world: World,
  open: Map<string, PortalSession>,
  form: FormHash,
): Wire {
  const params = checkParameters(NewPortalSession, form)
  findCustomer(world, params.customer, 'customer')
  const id = newId(world, 'bps')
  const returnUrl = params.return_url ?? null
  open.set(id, { id, customer: params.customer, returnUrl })
  return {
    id,
    object: 'billing_portal.session',
    created: epochSeconds(world),
    customer: params.customer,
    livemode: false,
    return_url: returnUrl,
    url: `${world.origin}/p/session/${id}`,
  }
}
