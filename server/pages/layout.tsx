/**
 * The frame of every public page. Pages need no script, no inline style and nothing from other
 * origins, so they work under `default-src 'none'; style-src 'self'; form-action 'self'`.
 */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppEnv } from '../http/env.ts'
import { localeOfHeader, type Locale } from '../i18n/locales.ts'
import { pageWords, type PageWords } from '../i18n/pages.ts'
import { POLICY_SLUGS } from '../policies/slugs.ts'
import { STYLESHEET_PATH } from './stylesheet.ts'

/** What a page knows about its request. */
export interface PageSetting {
  readonly locale: Locale
  readonly words: PageWords
  /** Origin of this License Center, without a trailing slash. */
  readonly origin: string
  readonly sandbox: boolean
}

interface LayoutProps {
  readonly setting: PageSetting
  readonly title: string
  readonly description?: string
  /** The canonical path, without query. Null where a page has no address of its own: it is not indexed. */
  readonly path: string | null
  readonly children?: Child
}

export function settingOf(c: Context<AppEnv>): PageSetting {
  const locale = localeOfHeader(c.req.header('accept-language'))
  const { centerOrigin, sandbox } = c.var.deps.config
  return { locale, words: pageWords(locale), origin: centerOrigin, sandbox }
}

/** Answers a whole document, in the language of the request. */
export function respondWithPage(
  c: Context<AppEnv>,
  page: Child,
  status: ContentfulStatusCode = 200,
) {
  c.header('Vary', 'Accept-Language', { append: true })
  return c.html(html`<!doctype html>${page}`, status)
}

export function Layout({ setting, title, description, path, children }: LayoutProps) {
  const { words } = setting
  return (
    <html lang={setting.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>{title === words.site.name ? title : `${title} · ${words.site.name}`}</title>
        {description && <meta name="description" content={description} />}
        {path === null ? (
          <meta name="robots" content="noindex" />
        ) : (
          <link rel="canonical" href={setting.origin + path} />
        )}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={STYLESHEET_PATH} />
      </head>
      <body>
        <a class="skip" href="#main">
          {words.site.skip}
        </a>
        <SiteHeader setting={setting} path={path} />
        <main id="main" class="wrap" tabindex={-1}>
          {children}
        </main>
        <SiteFooter setting={setting} path={path} />
      </body>
    </html>
  )
}

interface PlaceProps {
  readonly setting: PageSetting
  readonly path: string | null
}

function SiteHeader({ setting: { words, sandbox }, path }: PlaceProps) {
  const { site } = words
  return (
    <header>
      {sandbox && <p class="sandbox">{site.sandbox}</p>}
      <div class="top">
        <div class="wrap">
          <a class="brand" href="/">
            {site.name}
          </a>
          <nav aria-label={site.navigation}>
            <ul>
              <NavigationItem href="/" label={site.home} path={path} />
              <NavigationItem href="/trust" label={site.trust} path={path} />
              <NavigationItem href="/contact" label={site.contact} path={path} />
            </ul>
          </nav>
        </div>
      </div>
    </header>
  )
}

function SiteFooter({ setting: { words }, path }: PlaceProps) {
  return (
    <footer class="bottom">
      <nav class="wrap" aria-labelledby="footer-policies">
        <h2 id="footer-policies">{words.site.policies}</h2>
        <ul>
          {POLICY_SLUGS.map((slug) => (
            <NavigationItem href={`/${slug}`} label={words.policies[slug]} path={path} />
          ))}
        </ul>
      </nav>
    </footer>
  )
}

function NavigationItem(props: { href: string; label: string; path: string | null }) {
  return (
    <li>
      <a href={props.href} aria-current={props.href === props.path ? 'page' : undefined}>
        {props.label}
      </a>
    </li>
  )
}
