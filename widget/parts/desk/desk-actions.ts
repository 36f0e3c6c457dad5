import type { License } from '../../../server/contract/licenses.ts'
import { undoMessages } from '../../i18n/desk-undo.ts'
import { copyText } from '../../state/clipboard.ts'
import { type RenewalMode, RENEWAL_MODES } from '../../state/desk/desk-query.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import type { MenuItem } from '../license-menu.ts'
import type { Opening } from './opening.ts'

interface DeskActions {
  readonly session: DeskSession
  readonly onOpen: (opening: Opening) => void
  readonly onMove: (ids: readonly string[], mode: RenewalMode) => void
  readonly onUndo: (license: License) => void
}

/** What can be done with one license; the same for its row and its card. */
export function deskActions(license: License, actions: DeskActions): readonly MenuItem[] {
  const { session, onOpen } = actions
  const { id, renewal } = license
  const { move, table } = session.desk
  const open = (opening: Opening) => () => onOpen(opening)
  return [
    ...(offersRenewal(license)
      ? [{ label: table.renew, run: open({ extension: { kind: 'renewal', ids: [id] } }) }]
      : []),
    ...modeItems([id], license.renewal_mode, actions),
    ...(renewal?.can_add_units && !session.isRenewOnly
      ? [
          {
            label: move.addUnits,
            run: open({ extension: { kind: 'add_units', ids: [id], quantity: 1 } }),
          },
        ]
      : []),
    ...(session.isRenewOnly ? [] : (renewal?.upgrades ?? [])).map(({ plan, name }) => ({
      label: move.upgrade(name),
      run: open({ extension: { kind: 'upgrade', ids: [id], plan } }),
    })),
    ...(renewal?.undo && !session.isRenewOnly
      ? [
          {
            label: undoMessages(session.words.$code).action,
            run: () => actions.onUndo(license),
          },
        ]
      : []),
    {
      label: session.manager.actions.copyId,
      run: () => void copyId(id, session),
    },
  ]
}

/** An order that is open leads on to its payment; every other obstacle is said, and offers nothing. */
export function offersRenewal({ renewal }: License): boolean {
  return renewal !== null && (renewal.possible || renewal.reason === 'order_open')
}

/** @param from  the tab that they are in; null: several */
export function modeItems(
  ids: readonly string[],
  from: RenewalMode | null,
  { session, onMove }: DeskActions,
): readonly MenuItem[] {
  const { move } = session.desk
  if (session.isRenewOnly) return []
  return RENEWAL_MODES.filter((mode) => mode !== from).map((mode) => ({
    label: mode === 'manual' && from === 'auto' ? move.autoOff : move[mode],
    run: () => onMove(ids, mode),
  }))
}

async function copyId(id: string, session: DeskSession): Promise<void> {
  if (await copyText(id)) session.announce(session.manager.actions.copiedText(id))
}
