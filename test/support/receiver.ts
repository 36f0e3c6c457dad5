/** A backend that takes webhooks, well or badly. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** `license.issued` … */
  readonly type: string
  /** Id of what it is about. */
  readonly object: string
}

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** How it answers from now on. */
  answer: (response: ServerResponse, message: Received) => void
}

export const takes: Receiver['answer'] = (response) => void response.writeHead(204).end()
export const says =
  (status: number, headers: Record<string, string> = {}): Receiver['answer'] =>
  (response) =>
    void response.writeHead(status, headers).end()

/** Gone after the test. */
export async function startReceiver(answer: Receiver['answer'] = takes): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const { type, object } = JSON.parse(body) as { type: string; object: { id: string } }
    const message = { headers: request.headers, body, type, object: object.id }
    received.push(message)
    receiver.answer(response, message)
  })
  await new Promise<void>((ready) => server.listen(0, ready))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = { url: `http://localhost:${port}/hook`, received, answer }
  return receiver
}
