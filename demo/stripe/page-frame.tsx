/** The document around every page of the payment sandbox. */
import type { Child } from 'hono/jsx'

export function PageFrame({ title, children }: { title: string; children?: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Payment sandbox`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/checkout.css" />
      </head>
      <body>
        <header class="sandbox">
          <strong>Sandbox.</strong> A stand-in for Stripe on this machine: no real money moves.
        </header>
        {children}
      </body>
    </html>
  )
}

/** One message in the middle: paid already, expired, not found, 3-D Secure. */
export function MessagePage({ title, children }: { title: string; children?: Child }) {
  return (
    <PageFrame title={title}>
      <main class="message">
        <h1>{title}</h1>
        {children}
      </main>
    </PageFrame>
  )
}
