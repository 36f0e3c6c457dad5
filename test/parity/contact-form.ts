/** A question as the form of the contact page sends it. */
import type { Runtime } from './runtimes.ts'

export async function contactForm({ system }: Runtime) {
  const fields = {
    topic: 'purchase',
    email: 'counted@customer.example',
    order: '',
    message: 'How many round trips does this take?',
    nonce: '0123456789abcdef0123456789abcdef',
  }
  return () =>
    fetch(`${system.origin}/contact`, { method: 'POST', body: new URLSearchParams(fields) })
}
