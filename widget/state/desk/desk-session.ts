import { RenewalClient } from '../../api/renewal-client.ts'
import { deskEn, type DeskMessages } from '../../i18n/desk-en.ts'
import { deskZhCn } from '../../i18n/desk-zh-cn.ts'
import type { ManagerSession } from '../manager-session.ts'

/** What the parts of the desk share. */
export interface DeskSession extends ManagerSession {
  readonly desk: DeskMessages
  readonly renewals: RenewalClient
}

/** The desk is one file, so that its hash covers all of its words. */
export function deskSession(session: ManagerSession): DeskSession {
  const desk = session.words.$code === 'zh-CN' ? deskZhCn : deskEn
  return { ...session, desk, renewals: new RenewalClient(session.client) }
}
