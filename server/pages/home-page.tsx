import { Layout, type PageSetting } from './layout.tsx'

export interface ConnectedProduct {
  readonly id: string
  readonly name: string
  /** Homepage of its console. */
  readonly homeUrl: string
  readonly planNames: readonly string[]
}

interface HomePageProps {
  readonly setting: PageSetting
  readonly products: readonly ConnectedProduct[]
}

const BEFORE_BUYING = ['purchase-guide', 'payment-security', 'refund-policy'] as const

/** `/`: what this License Center is, what it sells for, and where to get help. */
export function HomePage({ setting, products }: HomePageProps) {
  const { words } = setting
  return (
    <Layout setting={setting} title={words.home.title} description={words.home.lead} path="/">
      <h1>{words.home.title}</h1>
      <p class="lead">{words.home.lead}</p>
      <h2>{words.home.products}</h2>
      {products.length === 0 ? (
        <p>{words.home.noProducts}</p>
      ) : (
        <ul class="cards">
          {products.map((product) => (
            <ProductCard setting={setting} product={product} />
          ))}
        </ul>
      )}
      <h2>{words.home.before}</h2>
      <p>{words.home.beforeText}</p>
      <ul>
        {BEFORE_BUYING.map((slug) => (
          <li>
            <a href={`/${slug}`}>{words.policies[slug]}</a>
          </li>
        ))}
      </ul>
      <h2>{words.home.help}</h2>
      <p class="prose">{words.home.helpText}</p>
      <p>
        <a class="button" href="/contact">
          {words.home.helpLink}
        </a>
      </p>
    </Layout>
  )
}

function ProductCard({ setting, product }: { setting: PageSetting; product: ConnectedProduct }) {
  const { words, locale } = setting
  const plans = new Intl.ListFormat(locale, { type: 'unit' }).format(product.planNames)
  return (
    <li>
      <h3>
        <bdi>{product.name}</bdi>
      </h3>
      <p>{words.home.sells(plans)}</p>
      <p>
        <a href={product.homeUrl}>{words.home.openConsole(product.name)}</a>
      </p>
    </li>
  )
}
