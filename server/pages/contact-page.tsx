/** `/contact`: the policy text with its form, and the answer to a message (S11, S77, S78). */
import type { Child } from 'hono/jsx'
import { ContactForm, type ContactFault, type ContactValues } from './contact-form.tsx'
import { Layout, type PageSetting } from './layout.tsx'
import { policyOf } from './policy-library.ts'
import { PolicyHeading, PolicyText } from './policy-page.tsx'

interface ContactPageProps {
  readonly setting: PageSetting
  readonly values: ContactValues
  readonly faults?: readonly ContactFault[]
  /** Why the message was not sent, where no field is at fault. */
  readonly refusal?: { readonly title: string; readonly text: string }
}

export function ContactPage(props: ContactPageProps) {
  const { setting, values, faults = [], refusal } = props
  const { words } = setting
  const { errors, form } = words.contact
  const policy = policyOf('contact')
  const title = words.policies.contact
  return (
    <Layout setting={setting} title={title} description={policy.summary} path="/contact">
      <PolicyHeading setting={setting} policy={policy} />
      {faults.length > 0 && (
        <Alert title={errors.title} text={errors.lead}>
          <ul>
            {faults.map(({ field, text }) => (
              <li>{field === 'nonce' ? text : <a href={`#${field}`}>{text}</a>}</li>
            ))}
          </ul>
        </Alert>
      )}
      {refusal && <Alert {...refusal} />}
      <PolicyText policy={policy} />
      <h2 id="form">{form}</h2>
      <ContactForm setting={setting} values={values} faults={faults} />
    </Layout>
  )
}

interface AlertProps {
  readonly title: string
  readonly text: string
  readonly children?: Child
}

/** Takes the focus, so that it is what a screen reader reads first. */
function Alert({ title, text, children }: AlertProps) {
  return (
    <div class="note bad" role="alert" tabindex={-1} autofocus>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  )
}

interface ContactSentPageProps {
  readonly setting: PageSetting
  /** `#1001` */
  readonly number: string
  readonly email: string
}

export function ContactSentPage({ setting, number, email }: ContactSentPageProps) {
  const { sent } = setting.words.contact
  return (
    <Layout setting={setting} title={sent.title} path={null}>
      <h1>{sent.title}</h1>
      <div class="note good">
        <p>
          <strong>{sent.number(number)}</strong>
        </p>
        <p>{sent.next(email)}</p>
      </div>
      <p class="prose">{sent.keep}</p>
      <p class="actions">
        <a class="button" href="/">
          {sent.home}
        </a>
        <a href="/support-policy">{setting.words.policies['support-policy']}</a>
      </p>
    </Layout>
  )
}
