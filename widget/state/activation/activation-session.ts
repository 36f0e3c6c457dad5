import { ActivationClient } from '../../api/activation-client.ts'
import { activationEn, type ActivationMessages } from '../../i18n/activation-en.ts'
import { activationZhCn } from '../../i18n/activation-zh-cn.ts'
import type { ManagerSession } from '../manager-session.ts'

/** What the activation panels share. */
export interface ActivationSession extends ManagerSession {
  readonly activation: ActivationMessages
  readonly api: ActivationClient
  /** Shows what a command has done, and says it. */
  readonly say: (text: string) => void
}

/**
 * The panels are one file, so that its hash covers all of their words.
 *
 * @param voice  of a modal sheet: behind it the manager's live region is not heard
 */
export function activationSession(
  session: ManagerSession,
  voice: Partial<Pick<ActivationSession, 'announce' | 'say'>> = {},
): ActivationSession {
  const activation = session.words.$code === 'zh-CN' ? activationZhCn : activationEn
  const { announce = session.announce } = voice
  const { say = announce } = voice
  return { ...session, announce, say, activation, api: new ActivationClient(session.client) }
}
