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
  {
    seed: 2042,
    schedule:
      'mover0,money-back1;money-back1#0#2=ends,money-back1#9#0=busy,money-back1!19=never;in-turn',
    cause:
      'R15, R16: units that installations take were held like one-time units that are used up, so that a refund or a lost dispute left a license in use with all its time.',
  },
  {
    seed: 1904,
    schedule: 'subscriber0;subscriber0!4=never,cron1779091407486#5=cut;in-turn',
    cause:
      'P27: the first look at the list of events went three days back, so that a new center whose first look failed never heard of what came before.',
  },
  {
    seed: 14031,
    schedule: 'metered2;',
    cause:
      'C15: a run of the meter that found days to be paid, and read their bill when another run had just begun it, began it once more: the same days were charged twice.',
  },
  {
    seed: 20283,
    schedule: 'money-back0,money-back1,forger2;;in-turn',
    cause:
      'I2: a license that a dispute suspended was looked at each hour by the job that would charge it, with an entry in its journal each time, for as long as the bank took.',
  },
]
