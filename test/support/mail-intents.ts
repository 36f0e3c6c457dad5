/** Mails that wait, as a use case leaves them behind. */
import type { System } from '../../demo/system.ts'
import { commit } from '../../server/db/commit.ts'
import { streamVersion } from '../../server/db/journal.ts'
import { readMail } from '../../server/db/queries/mails.ts'
import { mails } from '../../server/db/schema.ts'
import type { Id } from '../../server/domain/ids.ts'

const STREAM = 'test:mails'

export async function intend(
  { deps }: Pick<System, 'deps'>,
  facts: { readonly to?: string; readonly kind?: string } = {},
): Promise<Id<'mail'>> {
  const id = deps.newId('mail')
  const entry = { actor: 'test', productId: null, data: {}, type: 'test.mail_intended' }
  const version = (await streamVersion(deps.db, STREAM)) + 1
  await commit(deps.db, deps.now(), {
    journal: [{ ...entry, stream: STREAM, version }],
    statements: [
      deps.db.orm.insert(mails).values({
        id,
        productId: 'recover',
        kind: facts.kind ?? 'ticket.opened',
        reference: id,
        recipient: facts.to ?? 'ada@customer.example',
        locale: 'en',
        data: { number: 1001, topic: 'refund' },
        createdAt: deps.now(),
      }),
    ],
  })
  return id
}

export async function mailOf({ deps }: Pick<System, 'deps'>, id: Id<'mail'>) {
  const row = await readMail(deps.db, id)
  if (row === null) throw new Error(`no mail ${id}`)
  return row
}
