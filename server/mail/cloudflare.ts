/**
 * Cloudflare's Email Service through the `send_email` binding of a Worker.
 * https://developers.cloudflare.com/email-service/api/send-emails/workers-api/
 */
import {
  SEND_LIMIT_MS,
  type MailOutcome,
  type MailPort,
  type OutgoingMail,
  type Sender,
} from './port.ts'

/** What we use of the binding, as the platform defines it. */
export interface EmailBinding {
  send(message: BindingMessage): Promise<{ readonly messageId: string }>
}

export interface BindingMessage {
  readonly to: string
  readonly from: string | { readonly email: string; readonly name: string }
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly attachments?: readonly {
    readonly content: ArrayBuffer
    readonly filename: string
    readonly type: string
    readonly disposition: 'attachment'
  }[]
}

/** Errors of the binding that mean: this mail, never. Everything else may be mended or passes. */
const REFUSALS: ReadonlySet<string> = new Set([
  'E_VALIDATION_ERROR',
  'E_FIELD_MISSING',
  'E_TOO_MANY_RECIPIENTS',
  'E_CONTENT_TOO_LARGE',
  'E_RECIPIENT_SUPPRESSED',
])

export function isEmailBinding(value: unknown): value is EmailBinding {
  return typeof value === 'object' && value !== null && 'send' in value
}

/** The binding knows no idempotency key: an answer that is lost may mean a second copy (C16). */
export function createCloudflareMailer(
  binding: EmailBinding,
  from: Sender,
  limitMs = SEND_LIMIT_MS,
): MailPort {
  return {
    name: 'cloudflare',
    isIdempotent: false,
    send: (mail) => send(binding, messageOf(mail, from), limitMs),
  }
}

async function send(
  binding: EmailBinding,
  message: BindingMessage,
  limitMs: number,
): Promise<MailOutcome> {
  const late = new Promise<MailOutcome>((resolve) => {
    const answer = { kind: 'unknown', reason: `no answer within ${limitMs} ms` } as const
    setTimeout(resolve, limitMs, answer)
  })
  return Promise.race([accepted(binding, message), late])
}

async function accepted(binding: EmailBinding, message: BindingMessage): Promise<MailOutcome> {
  try {
    const { messageId } = await binding.send(message)
    return { kind: 'accepted', providerId: messageId }
  } catch (error) {
    const code = codeOf(error)
    const reason = `${code ?? ''} ${String(error)}`.trim().slice(0, 300)
    if (code === null) return { kind: 'unknown', reason }
    return REFUSALS.has(code) ? { kind: 'refused', reason } : { kind: 'deferred', reason }
  }
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && code.startsWith('E_') ? code : null
}

function messageOf(
  { to, subject, html, text, attachments }: OutgoingMail,
  { name, address }: Sender,
): BindingMessage {
  return {
    to,
    from: name === '' ? address : { email: address, name },
    subject,
    html,
    text,
    ...(attachments.length === 0
      ? {}
      : {
          attachments: attachments.map(({ filename, contentType, content }) => ({
            content: new TextEncoder().encode(content).buffer,
            filename,
            type: contentType,
            disposition: 'attachment' as const,
          })),
        }),
  }
}
