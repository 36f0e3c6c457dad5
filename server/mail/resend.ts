/** Resend's HTTP API: works in both runtimes. https://resend.com/docs/api-reference/emails/send-email */
import { z } from 'zod'
import { formatSender } from './mailbox.ts'
import {
  SEND_LIMIT_MS,
  type MailOutcome,
  type MailPort,
  type OutgoingMail,
  type Sender,
} from './port.ts'

export interface ResendOptions {
  readonly apiKey: string
  readonly from: Sender
  /** Where the API is, without a trailing slash. */
  readonly apiBase?: string
  readonly limitMs?: number
}

const API_BASE = 'https://api.resend.com'
const Sent = z.object({ id: z.string() })
const Failure = z.object({ name: z.string().optional(), message: z.string().optional() })

/** Resend remembers a key for 24 hours; further apart no two attempts of ours are. */
export function createResendMailer(options: ResendOptions): MailPort {
  return { name: 'resend', isIdempotent: true, send: (mail) => send(options, mail) }
}

async function send(options: ResendOptions, mail: OutgoingMail): Promise<MailOutcome> {
  const { apiKey, apiBase = API_BASE, limitMs = SEND_LIMIT_MS } = options
  try {
    const response = await fetch(`${apiBase}/emails`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${apiKey}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': mail.id,
      },
      body: JSON.stringify(bodyOf(options.from, mail)),
      redirect: 'error',
      signal: AbortSignal.timeout(limitMs),
    })
    return outcomeOf(response, await response.json().catch(() => null))
  } catch (error) {
    return { kind: 'unknown', reason: String(error) }
  }
}

function bodyOf(from: Sender, { to, subject, html, text, attachments }: OutgoingMail) {
  return {
    from: formatSender(from),
    to: [to],
    subject,
    html,
    text,
    ...(attachments.length === 0
      ? {}
      : {
          attachments: attachments.map(({ filename, contentType, content }) => ({
            filename,
            content_type: contentType,
            content: base64(content),
          })),
        }),
  }
}

function outcomeOf({ status, headers }: Response, body: unknown): MailOutcome {
  if (status >= 200 && status < 300) {
    return { kind: 'accepted', providerId: Sent.safeParse(body).data?.id ?? null }
  }
  const { name = '', message = '' } = Failure.safeParse(body).data ?? {}
  const reason = `${status} ${name} ${message}`.trim().slice(0, 300)
  // The key was taken before, by this very mail in other words: a deploy came in between.
  if (name === 'invalid_idempotent_request') return { kind: 'accepted', providerId: null }
  if (status === 422 || (status === 400 && name === 'validation_error')) {
    return { kind: 'refused', reason }
  }
  if (status >= 500) return { kind: 'unknown', reason }
  // Wrong keys, quotas and unproved domains are for the operator to mend: the mail itself is sound.
  const retryAfterSeconds = Number(headers.get('Retry-After'))
  return retryAfterSeconds > 0
    ? { kind: 'deferred', reason, retryAfterSeconds }
    : { kind: 'deferred', reason }
}

/** Of UTF-8, by chunks: a call has a limited number of parameters. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let binary = ''
  for (let index = 0; index < bytes.length; index += 8192) {
    binary += String.fromCharCode(...bytes.subarray(index, index + 8192))
  }
  return btoa(binary)
}
