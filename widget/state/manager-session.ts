import { managerEn, type ManagerMessages } from '../i18n/manager-en.ts'
import type { Session } from './session.ts'

/** What the manager's parts share. Immutable, like the session it extends. */
export interface ManagerSession extends Session {
  readonly manager: ManagerMessages
  /** With the session of a private renew link: it renews by Checkout, and does nothing else. */
  readonly isRenewOnly: boolean
  /** Says something once through the element's one polite live region. */
  readonly announce: (text: string) => void
  /** Something about the licenses has changed: what is on the screen is read again. */
  readonly refresh: () => void
}

const LOADERS: Readonly<Record<string, () => Promise<ManagerMessages>>> = {
  'zh-CN': async () => (await import('../i18n/manager-zh-cn.ts')).managerZhCn,
}

/**
 * English where another language cannot be loaded.
 *
 * @param code `$code` of the words that the element shows, so that both are one language
 */
export async function loadManagerWords(code: string): Promise<ManagerMessages> {
  return (await LOADERS[code]?.().catch(() => null)) ?? managerEn
}
