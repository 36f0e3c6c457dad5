import type { Extension, Terms } from '../../state/desk/renewal-request.ts'

/** What the Renew page is opened with. */
export interface Opening {
  readonly extension: Extension
  readonly terms?: Partial<Terms>
}

/** A license type and what people call it. */
export interface TypeName {
  readonly type: string
  readonly name: string
}
