import { Layout, type PageSetting } from './layout.tsx'

/** The same for an address that never was and for one that is not yours. */
export function NotFoundPage({ setting }: { setting: PageSetting }) {
  const { notFound, site } = setting.words
  return (
    <Layout setting={setting} title={notFound.title} path={null}>
      <h1>{notFound.title}</h1>
      <p class="lead">{notFound.text}</p>
      <p class="actions">
        <a class="button" href="/">
          {notFound.home}
        </a>
        <a href="/contact">{site.contact}</a>
      </p>
    </Layout>
  )
}
