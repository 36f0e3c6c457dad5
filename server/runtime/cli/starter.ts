/** The texts of `init`. */

export function starterEnvironment(origin: string, newSecret: () => string): string {
  return `# Read by license-center; for the server: node --env-file=.env dist/server/node.js
# production refuses stand-ins and, by doctor, keys of Stripe's test mode.
ENVIRONMENT=development
# Where the world reaches this server: scheme, host and port.
CENTER_ORIGIN=${origin}
PORT=8787
# A file, or libSQL over HTTP with DATABASE_AUTH_TOKEN.
DATABASE_URL=file:.data/license-center.db
# DATABASE_AUTH_TOKEN=

# https://dashboard.stripe.com/apikeys: the secret key, sk_test_… or sk_live_…
STRIPE_SECRET_KEY=
# https://dashboard.stripe.com/webhooks: an endpoint for ${origin}/webhooks/stripe, its signing secret whsec_…
STRIPE_WEBHOOK_SECRET=

# Who mails come from, and how they leave: SMTP, or Resend. Without both they wait in the database.
# MAIL_FROM=License Center <licenses@example.com>
# SMTP_URL=smtps://user:password@mail.example.com
# RESEND_API_KEY=re_…

# Fresh, 32 bytes each. Whoever loses the first two loses every license key: keep a copy elsewhere.
LICENSE_KEY_HASH_SECRET=${newSecret()}
LICENSE_KEY_CIPHER_SECRET=${newSecret()}
LINK_TOKEN_SECRET=${newSecret()}

# What products keep for the time without a network is signed: license-center signing-keys create
# LICENSE_SIGNING_KEY=
# LICENSE_SIGNING_KEY_NEXT=
# LICENSE_SIGNING_KEYS_PUBLISHED=
`
}

export const STARTER_CATALOGUE = `# yaml-language-server: $schema=catalogue.schema.json
# What is sold. Amounts are minor units: 4900 is $49.00. Check it: license-center catalogue check catalogue.yaml
products:
  - id: vault
    name: Vault
    # Public: it names the product in the pages of its console.
    publishable_keys: [pk_vault_console]
    # Exact origins of the consoles that embed the elements.
    origins: [https://console.example.com]
    home_url: https://console.example.com/
    # In front of each license key.
    key_prefix: VAULT
    currencies: [USD]
    # For the backend that signs who its customer is:
    # license-center product keys create vault --kind host --reason "First host key"
    host_keys: []
    plans:
      - id: standard
        name: Vault Standard
        type: standard
        auto_renewal: choice
        prices:
          - { currency: USD, cycle: month, unit_amount: 4900 }
          - { currency: USD, cycle: year, unit_amount: 49000 }
`
