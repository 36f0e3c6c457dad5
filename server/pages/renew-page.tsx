/** `/renew/{token}`: what a private renew link opens. The first page needs no script; the desk does. */
import { Layout, type PageSetting } from './layout.tsx'

/** The one page for a link that was mistyped, has expired or was revoked (N09). */
export function RenewLinkGonePage({ setting }: { readonly setting: PageSetting }) {
  const { gone } = setting.words.renew
  return (
    <Layout setting={setting} title={gone.title} path={null}>
      <h1>{gone.title}</h1>
      <div class="note warn">
        <p>{gone.text}</p>
      </div>
      <p class="actions">
        <a class="button" href="/contact?topic=renewal">
          {gone.help}
        </a>
      </p>
    </Layout>
  )
}

export interface RenewLinkView {
  readonly productName: string
  /** Name, and end in words of the customer's zone; soonest first. */
  readonly licenses: readonly { readonly name: string; readonly end: string }[]
}

interface RenewLinkPageProps {
  readonly setting: PageSetting
  readonly view: RenewLinkView
}

/** Nothing happens until the button is pressed: programs open links, people press buttons (N08). */
export function RenewLinkPage({ setting, view }: RenewLinkPageProps) {
  const { renew } = setting.words
  return (
    <Layout setting={setting} title={renew.title(view.productName)} path={null}>
      <h1>{renew.title(view.productName)}</h1>
      <p class="lead">{renew.lead}</p>
      <ul>
        {view.licenses.map(({ name, end }) => (
          <li>
            <bdi>{name}</bdi>: {end}
          </li>
        ))}
      </ul>
      <form method="post">
        <p class="actions">
          <button type="submit" class="button">
            {renew.open}
          </button>
        </p>
      </form>
      <p>{renew.note}</p>
    </Layout>
  )
}

interface RenewDeskPageProps {
  readonly setting: PageSetting
  readonly productName: string
  readonly publishableKey: string
  readonly homeUrl: string
  /** Of the session, in no address and no storage. */
  readonly token: string
}

export function RenewDeskPage({ setting, productName, ...desk }: RenewDeskPageProps) {
  const { renew } = setting.words
  const attributes = {
    'publishable-key': desk.publishableKey,
    'home-url': desk.homeUrl,
    center: setting.origin,
    view: 'renewals',
    'renew-only': '',
    token: desk.token,
  }
  return (
    <Layout setting={setting} title={renew.title(productName)} path={null}>
      <h1>{renew.title(productName)}</h1>
      <license-manager {...attributes} />
      <script type="module" src="/widget/v1/license.js"></script>
      <noscript>
        <p class="note warn">{renew.noScript}</p>
      </noscript>
    </Layout>
  )
}

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'license-manager': Readonly<Record<string, string>>
    }
  }
}
