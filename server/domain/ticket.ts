/** Support tickets: what they are about, where they stand, and how much text they take (S74, S77, N04). */
export const TICKET_TOPICS = [
  'purchase',
  'activation',
  'update',
  'renewal',
  'refund',
  'support',
] as const
export type TicketTopic = (typeof TICKET_TOPICS)[number]

export const TICKET_STATES = [
  'open',
  'awaiting_operator',
  'awaiting_customer',
  'resolved',
  'closed',
] as const
export type TicketState = (typeof TICKET_STATES)[number]

/** In code points, so that an emoji counts as one and the limit is the same in every language. */
export const MESSAGE_LIMIT = 10_000
/** An id of ours has 30; people also write "order 1234". In code points. */
export const ORDER_REFERENCE_LIMIT = 64
export const TICKETS_PER_ADDRESS_HOUR = 5
/** The first ticket is #1001. */
export const NUMBER_BEFORE_FIRST = 1000

export function codePointsIn(text: string): number {
  return [...text].length
}

export function isTicketTopic(text: string): text is TicketTopic {
  return TICKET_TOPICS.some((topic) => topic === text)
}
