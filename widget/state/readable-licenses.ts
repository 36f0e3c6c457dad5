import type { License } from '../../server/contract/licenses.ts'
import type { Client } from '../api/client.ts'

/** Those of the licenses that this customer may read, in the order of the ids. */
export async function readableLicenses(
  client: Client,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly License[]> {
  const answers = await Promise.allSettled(ids.map((id) => client.license(id, signal)))
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
}
