/** What `POST /contact` takes: a plain HTML form, so every field is text. */
import { z } from 'zod'
import {
  codePointsIn,
  MESSAGE_LIMIT,
  ORDER_REFERENCE_LIMIT,
  TICKET_TOPICS,
} from '../domain/ticket.ts'

export const ContactForm = z.object({
  topic: z.enum(TICKET_TOPICS),
  email: z.email().max(254),
  order: z.string().refine((text) => codePointsIn(text) <= ORDER_REFERENCE_LIMIT),
  message: z
    .string()
    .refine((text) => text.trim() !== '')
    .refine((text) => codePointsIn(text) <= MESSAGE_LIMIT),
  /** Made for each form that is shown, so that sending it twice is one ticket. */
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
})
export type ContactForm = z.infer<typeof ContactForm>
