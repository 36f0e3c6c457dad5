/** SMTP, on Node: a mail server by its URL, e.g. `smtps://user:password@mail.example.com`. */
import { createTransport } from 'nodemailer'
import {
  SEND_LIMIT_MS,
  type MailOutcome,
  type MailPort,
  type OutgoingMail,
  type Sender,
} from './port.ts'

export interface SmtpOptions {
  /** `smtp://` upgrades to TLS where the server offers it, `smtps://` begins with it. */
  readonly url: string
  readonly from: Sender
  /** Right part of the Message-ID. */
  readonly domain: string
  readonly limitMs?: number
}

/** SMTP knows no idempotency key: an answer that is lost may mean a second copy (C16). */
export function createSmtpMailer(options: SmtpOptions): MailPort {
  const { url, from, domain, limitMs = SEND_LIMIT_MS } = options
  const transport = createTransport({
    url,
    connectionTimeout: limitMs / 2,
    greetingTimeout: limitMs / 2,
    socketTimeout: limitMs,
    dnsTimeout: limitMs / 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    name: 'smtp',
    isIdempotent: false,
    async send(mail) {
      try {
        const { messageId } = await transport.sendMail(messageOf(mail, from, domain))
        return { kind: 'accepted', providerId: messageId }
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

/** Addresses as objects and a fixed envelope: nothing is parsed out of a text (N11). */
function messageOf(mail: OutgoingMail, from: Sender, domain: string) {
  return {
    from,
    to: { name: '', address: mail.to },
    envelope: { from: from.address, to: [mail.to] },
    messageId: `<${mail.id}@${domain}>`,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: mail.attachments.map((attachment) => ({ ...attachment })),
  }
}

/** Answers to these commands are about the mail; 5xx to EHLO or AUTH is about our access. */
const ABOUT_THE_MAIL = /^(MAIL FROM|RCPT TO|DATA)/

function failureOf(error: unknown): MailOutcome {
  const { code, command, responseCode, message } = factsOf(error)
  const reason = [code, responseCode, message].filter(Boolean).join(' ').slice(0, 300)
  if (responseCode >= 500 && ABOUT_THE_MAIL.test(command)) return { kind: 'refused', reason }
  if (responseCode >= 400 || isBeforeTheMail(code, message)) return { kind: 'deferred', reason }
  return { kind: 'unknown', reason }
}

/** It is sure that no mail was handed over. */
function isBeforeTheMail(code: string, message: string): boolean {
  return (
    ['EDNS', 'EAUTH', 'ETLS', 'ENOAUTH', 'EOAUTH2', 'ECONNREFUSED', 'EENVELOPE'].includes(code) ||
    /^(Connection timeout|Greeting never received)|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(
      message,
    )
  )
}

function factsOf(error: unknown) {
  const facts: Readonly<Record<string, unknown>> = error instanceof Error ? { ...error } : {}
  const { code, command, responseCode } = facts
  return {
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : '',
    responseCode: typeof responseCode === 'number' ? responseCode : 0,
    message: error instanceof Error ? error.message : String(error),
  }
}
