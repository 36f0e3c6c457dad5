/** The form of `/contact`. It works without scripts and keeps what was written when something is wrong. */
import type { Child } from 'hono/jsx'
import { MESSAGE_LIMIT, TICKET_TOPICS } from '../domain/ticket.ts'
import type { PageSetting } from './layout.tsx'

/** As it was sent or prefilled; text that breaks a rule is kept. */
export interface ContactValues {
  readonly topic: string
  readonly email: string
  readonly order: string
  readonly message: string
  readonly nonce: string
}
export type ContactFieldName = keyof ContactValues

/** What is wrong with a field, in words for a person. */
export interface ContactFault {
  readonly field: ContactFieldName
  readonly text: string
}

interface FormProps {
  readonly setting: PageSetting
  readonly values: ContactValues
  readonly faults: readonly ContactFault[]
}

/**
 * Multipart, because URL encoding would triple the size of a Chinese text. No `maxlength`: browsers
 * count UTF-16 units, and cut pasted text in silence. The line feed in front of the message is the
 * one that HTML drops.
 */
export function ContactForm({ setting, values, faults }: FormProps) {
  const words = setting.words.contact
  const limit = new Intl.NumberFormat(setting.locale).format(MESSAGE_LIMIT)
  const topic = fieldOf('topic', words.topic, faults)
  const email = fieldOf('email', words.email, faults, words.emailHint)
  const order = fieldOf('order', words.order, faults, words.orderHint)
  const message = fieldOf('message', words.message, faults, words.messageHint(limit))
  return (
    <form method="post" action="/contact" enctype="multipart/form-data" aria-labelledby="form">
      <input type="hidden" name="nonce" value={values.nonce} />
      <Field {...topic}>
        <select required {...attributesOf(topic)}>
          <option value="">{words.chooseTopic}</option>
          {TICKET_TOPICS.map((name) => (
            <option value={name} selected={name === values.topic}>
              {words.topics[name]}
            </option>
          ))}
        </select>
      </Field>
      <Field {...email}>
        <input
          type="email"
          autocomplete="email"
          required
          value={values.email}
          {...attributesOf(email)}
        />
      </Field>
      <Field {...order}>
        <input autocomplete="off" value={values.order} {...attributesOf(order)} />
      </Field>
      <Field {...message}>
        <textarea rows={10} dir="auto" required {...attributesOf(message)}>
          {`\n${values.message}`}
        </textarea>
      </Field>
      <p class="actions">
        <button type="submit">{words.send}</button>
        <a href="/privacy-policy">{setting.words.policies['privacy-policy']}</a>
      </p>
    </form>
  )
}

interface FieldDescription {
  readonly name: ContactFieldName
  readonly label: string
  readonly hint: string | null
  readonly fault: string | null
}

function fieldOf(
  name: ContactFieldName,
  label: string,
  faults: readonly ContactFault[],
  hint: string | null = null,
): FieldDescription {
  return { name, label, hint, fault: faults.find(({ field }) => field === name)?.text ?? null }
}

function attributesOf({ name, hint, fault }: FieldDescription) {
  const descriptions = [fault && `${name}-fault`, hint && `${name}-hint`].filter(Boolean)
  return {
    id: name,
    name,
    'aria-invalid': fault ? ('true' as const) : undefined,
    'aria-describedby': descriptions.length > 0 ? descriptions.join(' ') : undefined,
  }
}

function Field({ name, label, hint, fault, children }: FieldDescription & { children?: Child }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {fault && (
        <span class="error" id={`${name}-fault`}>
          {fault}
        </span>
      )}
      {children}
    </div>
  )
}
