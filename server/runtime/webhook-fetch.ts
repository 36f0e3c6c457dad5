/** Outbound webhooks on Workers: the platform reaches the internet and no private network of ours. */
import { ATTEMPT_MAX_MS, webhookUrlFault, type WebhookPort } from '../domain/webhook.ts'

export function createWebhookFetch(allowsLoopback: boolean): WebhookPort {
  return {
    async post(url, headers, body) {
      if (webhookUrlFault(url, allowsLoopback) !== null) {
        return { kind: 'failed', reason: 'address_refused' }
      }
      const signal = AbortSignal.timeout(ATTEMPT_MAX_MS)
      try {
        const init = { method: 'POST', headers, body, redirect: 'manual', signal } as const
        const answer = await fetch(url, init)
        await answer.body?.cancel()
        const seconds = Number(answer.headers.get('Retry-After'))
        const retryAfterSeconds = Number.isFinite(seconds) && seconds > 0 ? seconds : null
        return { kind: 'answered', status: answer.status, retryAfterSeconds }
      } catch {
        return { kind: 'failed', reason: signal.aborted ? 'timeout' : 'unreachable' }
      }
    },
  }
}
