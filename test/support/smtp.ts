/** A small real SMTP server on this machine, which can be told to fail at each step. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and body, as they came. */
  readonly raw: string
}

export interface TestSmtp {
  readonly url: string
  readonly received: readonly ReceivedMail[]
  /** What happens to the next mails; null: they are taken. */
  fault: { readonly at: 'RCPT' | 'DATA'; readonly code: number } | 'silence' | null
  close(): Promise<void>
}

export async function startTestSmtp(): Promise<TestSmtp> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ password }, _session, done) =>
      password === 'right' ? done(null, { user: 'us' }) : done(new Error('Invalid password')),
    onRcptTo: (_address, _session, done) => done(failure('RCPT')),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const failed = failure('DATA')
        if (failed !== null) return done(failed)
        received.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        // Taken, and the connection dies before it is said.
        if (smtp.fault !== 'silence') done()
      })
    },
  })
  server.on('error', () => {})
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    fault: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return smtp

  function failure(at: 'RCPT' | 'DATA'): Error | null {
    const { fault } = smtp
    if (fault === null || fault === 'silence' || fault.at !== at) return null
    return Object.assign(new Error('as told'), { responseCode: fault.code })
  }
}
