import { consume } from '@lit/context'
import { LitElement } from 'lit'
import { state } from 'lit/decorators.js'
import { type Session, sessionContext } from '../state/session.ts'

/** An internal element: it shares the session of the public element that it stands in. */
export abstract class LicensePart extends LitElement {
  @consume({ context: sessionContext, subscribe: true })
  @state()
  protected session: Session | null = null
}
