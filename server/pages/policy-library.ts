/** The nine policies as they are bundled with this version of the software. */
import contact from '../policies/contact.md?raw'
import deliveryActivation from '../policies/delivery-activation.md?raw'
import faq from '../policies/faq.md?raw'
import paymentSecurity from '../policies/payment-security.md?raw'
import privacyPolicy from '../policies/privacy-policy.md?raw'
import purchaseGuide from '../policies/purchase-guide.md?raw'
import refundPolicy from '../policies/refund-policy.md?raw'
import supportPolicy from '../policies/support-policy.md?raw'
import termsOfService from '../policies/terms-of-service.md?raw'
import { POLICY_SLUGS, type PolicySlug } from '../policies/slugs.ts'
import { sectionsOf, type Sections } from './markdown.ts'

export interface Policy extends Sections {
  readonly slug: PolicySlug
  readonly title: string
  readonly summary: string
  readonly version: string
  /** `YYYY-MM-DD` */
  readonly effectiveOn: string
}

const SOURCES: Readonly<Record<PolicySlug, string>> = {
  'payment-security': paymentSecurity,
  'delivery-activation': deliveryActivation,
  'refund-policy': refundPolicy,
  'privacy-policy': privacyPolicy,
  'terms-of-service': termsOfService,
  'support-policy': supportPolicy,
  'purchase-guide': purchaseGuide,
  faq,
  contact,
}

const parsed = new Map<PolicySlug, Policy>()

/** Parsed on first use and kept: the text cannot change while the process runs. */
export function policyOf(slug: PolicySlug): Policy {
  const known = parsed.get(slug)
  if (known) return known
  const policy = readPolicy(slug, SOURCES[slug])
  parsed.set(slug, policy)
  return policy
}

export function allPolicies(): readonly Policy[] {
  return POLICY_SLUGS.map(policyOf)
}

/** @throws Error when the front matter lacks a field: a mistake in the file, found by the tests. */
export function readPolicy(slug: PolicySlug, source: string): Policy {
  const [, header, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? []
  if (header === undefined || body === undefined) throw new Error(`${slug}.md has no front matter`)
  const fields = new Map(header.split('\n').map((line) => cutAtColon(line)))
  const field = (name: string): string => {
    const value = fields.get(name)
    if (!value) throw new Error(`${slug}.md has no "${name}" in its front matter`)
    return value
  }
  return {
    slug,
    title: field('title'),
    summary: field('summary'),
    version: field('version'),
    effectiveOn: field('effective'),
    ...sectionsOf(body),
  }
}

function cutAtColon(line: string): [name: string, value: string] {
  const at = line.indexOf(':')
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
}
