/** Schedules that once broke an invariant. They run first, and must end well for ever. */
export interface PastFailure {
  readonly seed: number
  readonly schedule: string
  /** What was wrong with the product. */
  readonly cause: string
}

export const CORPUS: readonly PastFailure[] = [
  {
    seed: 32,
    schedule: 'page-maker2;',
    cause:
      'P09: fulfilment closed the other page, found it paid, and stored it as settled, so that its own event was taken for a repeat: nobody was asked about the second payment.',
  },
]
