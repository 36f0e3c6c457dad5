/**
 * What is sold, by which rules: one immutable document per version (design section 5).
 * Quotes and orders name the version they were made under.
 */
import { z } from 'zod'
import { VALIDATION_CODES } from './validation-codes.ts'

const currency = z.string().regex(/^[A-Z]{3}$/, 'three capital letters, e.g. USD')
const minor = z.number().int().min(0).max(1_000_000_000_000)
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens')

export const Cycle = z.enum(['month', 'year'])
export type Cycle = z.infer<typeof Cycle>

export const Price = z.strictObject({
  currency,
  /** Absent for plans without a billing cycle: the price of one unit for the whole validity. */
  cycle: Cycle.optional(),
  /** List price of one unit for one cycle, minor units. */
  unit_amount: minor,
  /** Volume tiers: the whole line is priced at the highest tier whose `from` the quantity reaches. */
  tiers: z.array(z.strictObject({ from: z.number().int().min(2), unit_amount: minor })).default([]),
})
export type Price = z.infer<typeof Price>

/** Updates of an expired license (R20); a license that is valid, or in grace, has all of them. */
export const UpdatePolicy = z.strictObject({
  /**
   * `revoke`: none. `restrict`: versions released by the expiry. `maintain`: these and later patches of
   * their lines (the same major and minor number). `allow`: all.
   */
  after_expiry: z.enum(['revoke', 'restrict', 'maintain', 'allow']).default('restrict'),
  /** With `revoke`: after so many months paid for, what was out at their beginning stays for ever. */
  perpetual_fallback_months: z.number().int().min(1).max(60).optional(),
})
export type UpdatePolicy = z.infer<typeof UpdatePolicy>

export const Plan = z.strictObject({
  id: slug,
  name: z.string().min(1).max(80),
  /** License type, the tabs of the elements: `dr`, `migration`, `failback`, or a vendor's own. */
  type: slug,
  /** Used up unit by unit; never renewed (S24, S26, S30). */
  one_time: z.boolean().default(false),
  /** Length of the license for plans without a cycle (S10). */
  validity_months: z.number().int().min(1).max(60).optional(),
  auto_renewal: z.enum(['choice', 'never']).default('never'),
  quantity: z
    .strictObject({
      min: z.number().int().min(1),
      max: z.number().int().max(1_000_000),
      step: z.number().int().min(1),
    })
    .default({ min: 1, max: 10_000, step: 1 }),
  prices: z.array(Price).min(1),
  /** Licenses that come free with each purchase, in equal number (S22). */
  complimentary: z
    .array(
      z.strictObject({
        plan: slug,
        when: z.enum(['on_purchase', 'every_paid_period']).default('on_purchase'),
      }),
    )
    .default([]),
  grace_days: z.number().int().min(0).max(60).optional(),
  retention_days: z.number().int().min(0).max(90).optional(),
  renewal_basis: z.enum(['from_expiry', 'skip_stopped']).default('from_expiry'),
  auto_renewal_lead_days: z.number().int().min(0).max(7).default(7),
  refund_policy: z.enum(['final_sale', 'reviewable']).default('final_sale'),
  audience: z.enum(['business', 'consumer']).default('business'),
  /**
   * After expiry, one unit for one UTC day, minor units per currency; the cap is the most that one
   * unit costs in one UTC month, 31 times the rate when absent.
   */
  pay_per_use: z
    .array(
      z.strictObject({
        currency,
        unit_amount: minor,
        month_cap_unit_amount: minor.optional(),
      }),
    )
    .default([]),
  /** What an activation is bound to (S85): told to products, which choose the fingerprint. */
  binding: z.enum(['installation', 'fingerprint', 'domain']).default('installation'),
  /** Floating units: an installation that is silent for this long is stale, for twice as long loses its unit. */
  heartbeat_minutes: z.number().int().min(1).max(10_080).optional(),
  /** What the plan lets a product do: feature flags that checks may ask for (S66). */
  entitlements: z.array(slug).max(100).default([]),
  /** An installed product asks again after so many hours. */
  check_every_hours: z.number().int().min(1).max(720).default(24),
  /** And may go on for so many days more when it cannot reach the center (S67). */
  offline_days: z.number().int().min(0).max(365).default(7),
  /** A license file for a host without a network lasts so long; absent: as long as the license and its grace. */
  file_days: z.number().int().min(1).max(3660).optional(),
  /** Moving a unit to another installation (S82): what customers do by themselves, and what a person looks at. */
  rebind: z
    .strictObject({
      self_service_per_30_days: z.number().int().min(0).max(1000).default(3),
      cooldown_hours: z.number().int().min(0).max(720).default(24),
      /** Requests with this score or more wait for an operator; 0 for all of them. */
      review_score: z.number().int().min(0).max(100).default(60),
      /** More than these are not even heard. */
      requests_per_30_days: z.number().int().min(1).max(1000).default(10),
    })
    .default({
      self_service_per_30_days: 3,
      cooldown_hours: 24,
      review_score: 60,
      requests_per_30_days: 10,
    }),
  /**
   * Unusual activation (S86): this many installations that were never seen before, from this many
   * networks (/16 of IPv4, /32 of IPv6), within so many hours put a license under review.
   */
  unusual_activation: z
    .strictObject({
      new_installations: z.number().int().min(2).max(100_000),
      networks: z.number().int().min(1).max(1000),
      within_hours: z.number().int().min(1).max(720),
    })
    .optional(),
  updates: UpdatePolicy.default({ after_expiry: 'restrict' }),
  /** Adds note 5 of S9 to the Important Notes. */
  one_time_note: z.boolean().default(false),
  retired_at: z.iso.datetime().optional(),
  /** Until then a retired plan still renews by itself; without it, for as long as customers pay. */
  renews_until: z.iso.datetime().optional(),
})
export type Plan = z.infer<typeof Plan>

export const PromoCode = z.strictObject({
  code: z.string().regex(/^[A-Z0-9-]{2,40}$/, 'capital letters, digits and hyphens'),
  percent_bp: z.number().int().min(1).max(10_000).optional(),
  amount: z.strictObject({ currency, minor }).optional(),
  plans: z.array(slug).optional(),
  max_uses: z.number().int().min(1).optional(),
  max_uses_per_customer: z.number().int().min(1).default(1),
  expires_at: z.iso.datetime().optional(),
})
export type PromoCode = z.infer<typeof PromoCode>

export const Product = z.strictObject({
  id: slug,
  name: z.string().min(1).max(80),
  publishable_keys: z
    .array(z.string().regex(/^pk_[a-z0-9_]{4,60}$/, 'pk_, then lower-case letters, digits and _'))
    .min(1),
  /** Exact origins of the consoles that may embed the elements. */
  origins: z.array(z.url()).default([]),
  /** Console homepage (S20). */
  home_url: z.url(),
  time_zone: z.string().default('UTC'),
  /** Two to eight capitals in front of each license key. */
  key_prefix: z.string().regex(/^[A-Z]{2,8}$/, 'two to eight capital letters'),
  /** People without a console may buy by e-mail. */
  public_sale: z.boolean().default(false),
  currencies: z.array(currency).min(1),
  tax: z
    .strictObject({
      name: z.string(),
      rate_bp: z.number().int().min(0).max(10_000),
      mode: z.enum(['inclusive', 'exclusive']),
    })
    .optional(),
  promo_codes: z.array(PromoCode).default([]),
  /** Public keys of the host's backend, which signs who its customer is (design section 6). */
  host_keys: z
    .array(
      z.strictObject({
        kid: z.string().min(1).max(64),
        alg: z.enum(['EdDSA', 'ES256', 'HS256']),
        /** Public JWK for EdDSA and ES256. */
        jwk: z.record(z.string(), z.unknown()).optional(),
        /** Name of the secret in the environment, for HS256. */
        secret_env: z.string().optional(),
      }),
    )
    .default([]),
  plans: z.array(Plan).min(1),
  limits: z
    .strictObject({
      checkouts_per_customer_hour: z.number().int(),
      checkouts_per_source_hour: z.number().int(),
    })
    .default({ checkouts_per_customer_hour: 60, checkouts_per_source_hour: 300 }),
  support_email: z.email().optional(),
  /** Sentences in place of ours for what a check answers (S68), by its code: `EXPIRED`, `SUSPENDED` … */
  check_notices: z.partialRecord(z.enum(VALIDATION_CODES), z.string().min(1).max(500)).default({}),
})
export type Product = z.infer<typeof Product>

export const CatalogueDocument = z.strictObject({ products: z.array(Product).min(1) })
export type CatalogueDocument = z.infer<typeof CatalogueDocument>

/** A stored version: the document and the name that quotes refer to. */
export interface Catalogue {
  readonly version: string
  readonly document: CatalogueDocument
}

/** A product as it is sold now, found by its publishable key. */
export interface CurrentProduct {
  readonly product: Product
  readonly catalogueVersion: string
}
