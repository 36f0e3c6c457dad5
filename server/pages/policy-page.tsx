import { raw } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { Locale } from '../i18n/locales.ts'
import { Layout, type PageSetting } from './layout.tsx'
import { allPolicies, type Policy } from './policy-library.ts'

interface PolicyPageProps {
  readonly setting: PageSetting
  readonly policy: Policy
}

/** One policy with its contents, version and date. The text is English, whatever the page speaks. */
export function PolicyPage({ setting, policy }: PolicyPageProps) {
  return (
    <Layout
      setting={setting}
      title={setting.words.policies[policy.slug]}
      description={policy.summary}
      path={`/${policy.slug}`}
    >
      <PolicyHeading setting={setting} policy={policy} />
      <div class="policy">
        <Contents setting={setting} policy={policy} />
        <PolicyText policy={policy} />
      </div>
    </Layout>
  )
}

export function PolicyHeading({ setting, policy }: PolicyPageProps) {
  const { words, locale } = setting
  return (
    <>
      <h1>{words.policies[policy.slug]}</h1>
      <p class="lead" lang="en">
        {policy.summary}
      </p>
      <p class="facts">
        {words.policy.version(policy.version)}, {words.policy.effective}{' '}
        <time datetime={policy.effectiveOn}>{dayIn(locale, policy.effectiveOn)}</time>
        {' · '}
        <a href="/trust">{words.policy.all}</a>
        {words.policy.englishOnly && ` · ${words.policy.englishOnly}`}
      </p>
    </>
  )
}

/** Our own Markdown, rendered by micromark, which escapes any HTML in it. */
export function PolicyText({ policy }: { policy: Policy }) {
  return (
    <article class="prose" lang="en">
      {raw(policy.introHtml)}
      {policy.sections.map((section) => (
        <section aria-labelledby={section.id}>
          <h2 id={section.id}>{section.title}</h2>
          {raw(section.html)}
        </section>
      ))}
    </article>
  )
}

function Contents({ setting, policy }: PolicyPageProps) {
  return (
    <nav class="toc" aria-labelledby="contents">
      <h2 id="contents">{setting.words.policy.contents}</h2>
      <ol lang="en">
        {policy.sections.map((section) => (
          <li>
            <a href={`#${section.id}`}>{section.title}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** `/trust`: all nine, each with what it answers (S56). */
export function TrustPage({ setting }: { setting: PageSetting }) {
  const { words, locale } = setting
  return (
    <Layout
      setting={setting}
      title={words.trust.title}
      description={words.trust.lead}
      path="/trust"
    >
      <h1>{words.trust.title}</h1>
      <p class="lead">{words.trust.lead}</p>
      <ul class="cards">
        {allPolicies().map((policy) => (
          <li>
            <h2>
              <a href={`/${policy.slug}`}>{words.policies[policy.slug]}</a>
            </h2>
            <p lang="en">{policy.summary}</p>
            <p class="facts">
              {words.trust.version(policy.version, dayIn(locale, policy.effectiveOn))}
            </p>
          </li>
        ))}
      </ul>
    </Layout>
  )
}

/** @param day `YYYY-MM-DD` */
function dayIn(locale: Locale, day: string): string {
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime('UTC')
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    midnight.epochMilliseconds,
  )
}
