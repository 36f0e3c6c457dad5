/** Commands about what uses a license, given by its customer. */
import { eq } from 'drizzle-orm'
import { journal } from '../../server/db/schema.ts'
import { demoCustomer } from '../../demo/customers.ts'
import type { Product } from '../../server/domain/catalogue.ts'
import { registrationCode } from '../../server/domain/offline-codes.ts'
import { issueActivationCode } from '../../server/usecases/activation-codes.ts'
import { decideRebind } from '../../server/usecases/decide-rebind.ts'
import { requestRebind } from '../../server/usecases/request-rebind.ts'
import { grantLicense } from '../../server/usecases/grant-license.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { createInstallation } from '../support/installation.ts'
import type { TestSystem } from '../support/system.ts'
import type { Command } from './given.ts'

export const INSTALLATION_COMMANDS: readonly Command[] = [
  {
    name: 'GET licenses/{id}/file',
    covers: ['usecases/issue-file.ts'],
    prepare: async (center, name) => {
      const { buyer, licenseId, activationId } = await activated(center, name)
      return {
        give: async () => {
          const answer = await buyer.send(`licenses/${licenseId}/file`)
          const text = await answer.text()
          if (!answer.ok) throw new Error(text)
          return text.split('.').length
        },
        // A second download is another entry: it is another file.
        left: async () => (await entriesOf(center, `activation:${activationId}`)).slice(0, 2),
      }
    },
  },
  {
    name: 'POST licenses/{id}/activation-code',
    covers: ['usecases/activate-by-code.ts'],
    prepare: async (center, name) => {
      const { buyer, licenseId } = await activated(center, name)
      const registration = { digest: 'a'.repeat(20), commitment: 'b'.repeat(20) }
      const body = { registration_code: registrationCode(registration) }
      return {
        give: () => answered(buyer.send(`licenses/${licenseId}/activation-code`, { body })),
        left: () => entriesOf(center, `license:${licenseId}`),
      }
    },
  },
  {
    name: 'POST licenses/{id}/release',
    covers: ['usecases/release-installation.ts'],
    prepare: async (center, name) => {
      const { buyer, licenseId, activationId } = await activated(center, name)
      const body = { activation_id: activationId }
      return {
        give: () => answered(buyer.send(`licenses/${licenseId}/release`, { body })),
        left: () => entriesOf(center, `license:${licenseId}`),
      }
    },
  },
  {
    name: 'POST licenses/{id}/rebind',
    covers: ['usecases/request-rebind.ts'],
    prepare: async (center, name) => {
      const { buyer, licenseId, activationId } = await activated(center, name)
      const body = { activation_id: activationId, fingerprint: `${name}-b` }
      return {
        give: () => answered(buyer.send(`licenses/${licenseId}/rebind`, { body })),
        left: () => entriesOf(center, `license:${licenseId}`),
      }
    },
  },
  {
    name: 'rebind deny',
    covers: ['usecases/decide-rebind.ts'],
    prepare: async (center, name) => {
      const { licenseId, activationId } = await activated(center, name)
      const { deps } = center.system
      const { id } = await requestRebind(deps, recover(center), {
        scope: null,
        licenseId,
        activationId,
        fingerprint: `${name}-b`,
        name: null,
        note: null,
        email: null,
        network: null,
      })
      const deny = { rebindId: id, decision: 'denied', owner: null, ...ACT } as const
      return {
        give: async () => (await decideRebind(deps, async () => recover(center), deny)).state,
        left: () => entriesOf(center, `rebind:${id}`),
      }
    },
  },
  {
    name: 'POST licenses/{id}/rotate-key',
    covers: ['usecases/change-key.ts'],
    prepare: async (center, name) => {
      const { buyer, licenseId, keyLast4 } = await activated(center, name)
      const body = { key_last4: keyLast4 }
      const send = () => buyer.send(`licenses/${licenseId}/rotate-key`, { body })
      return {
        give: () => answered(send()),
        left: () => entriesOf(center, `license:${licenseId}`),
      }
    },
  },
  {
    name: 'POST activation-codes/redeem',
    covers: ['usecases/activation-codes.ts', 'usecases/grant-license.ts'],
    prepare: async (center, name) => {
      const buyer = center.as('recover', name)
      const asked = await buyer.send('registration-code')
      const { registration_code: registrationCode } = (await asked.json()) as {
        registration_code: string
      }
      const issue = () =>
        issueActivationCode(center.system.deps, recover(center), {
          registrationCode,
          terms: TERMS,
          reference: name,
          validDays: 1,
          ...ACT,
        })
      return {
        give: async () => {
          const { code } = await issue()
          const body = { activation_code: code }
          const answer = await buyer.send('activation-codes/redeem', { body })
          const text = await answer.text()
          if (!answer.ok) throw new Error(text)
          return text.length
        },
        left: async () => (await buyer.licenses()).count,
      }
    },
  },
  {
    name: 'license grant',
    covers: ['usecases/grant-license.ts'],
    prepare: async (center, name) => ({
      give: async () => {
        const { id: subject, email } = demoCustomer(name)
        const license = await grantLicense(center.system.deps, recover(center), {
          recipient: { subject, email, name: null, zone: null, locale: null },
          terms: TERMS,
          reference: name,
          ...ACT,
        })
        return license.id.length
      },
      left: async () => (await center.as('recover', name).licenses()).count,
    }),
  },
]

const ACT = { actor: 'operator:mia', reason: 'A trial.' } as const
const TERMS = { plan: 'dr', quantity: 1, months: null, days: 14 } as const

function recover({ system }: TestSystem): Product {
  const product = system.catalogue.products.find(({ id }) => id === 'recover')
  if (product === undefined) throw new Error('the demo sells no recover')
  return product
}

/** The status of a success; what it says differs from one answer to the next. */
async function answered(answer: Promise<Response>): Promise<number> {
  const { status, ok } = await answer
  if (!ok) throw new Error(await (await answer).text())
  return status
}

/** A license of one's own, with one installation. */
async function activated(center: TestSystem, name: string) {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  await center.pay(order)
  await fetch(`${center.system.origin}/pay/return?order=${order.id}`)
  const found = await Promise.all(
    (await buyer.follow(order.id)).licenses.map((id) => buyer.license(id)),
  )
  const licenseId = found.find(({ type }) => type === 'dr')?.id ?? ''
  const revealed = await buyer.send(`licenses/${licenseId}/reveal`, { method: 'POST' })
  const { key } = (await revealed.json()) as { key: string }
  const { origin } = center.system
  const installation = createInstallation({ origin, key, product: 'recover' })
  const { activation } = await installation.ask('activate', { fingerprint: 'host-a' })
  return { buyer, licenseId, activationId: activation?.id ?? '', keyLast4: key.slice(-4) }
}

async function entriesOf({ system }: TestSystem, stream: string): Promise<readonly string[]> {
  const rows = await system.deps.db.orm.select().from(journal).where(eq(journal.stream, stream))
  return rows.toSorted((one, other) => one.version - other.version).map(({ type }) => type)
}
