-- Instants are INTEGER epoch milliseconds, UTC; amounts INTEGER minor units beside their currency.

CREATE TABLE journal (
  position    INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which outbound events are read
  stream      TEXT    NOT NULL,                   -- 'order:ord_…', 'license:lic_…', 'promo:recover:WELCOME'
  version     INTEGER NOT NULL CHECK (version >= 1),
  type        TEXT    NOT NULL,                   -- 'order.placed', 'license.issued' …
  at          INTEGER NOT NULL,
  actor       TEXT    NOT NULL,                   -- 'customer:cus_…', 'provider', 'job:sweep', 'operator:…'
  product_id  TEXT,
  data        TEXT    NOT NULL CHECK (json_valid(data)),
  command_key TEXT    UNIQUE,                     -- natural key of the command, looked up after an unknown outcome
  UNIQUE (stream, version)
) STRICT;

CREATE TABLE catalogue_versions (
  version    TEXT    PRIMARY KEY,                 -- hash of the document
  sequence   INTEGER NOT NULL UNIQUE,             -- the highest one is in force
  document   TEXT    NOT NULL CHECK (json_valid(document)),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE customers (
  id                TEXT    PRIMARY KEY CHECK (id LIKE 'cus_%'),
  product_id        TEXT    NOT NULL,
  subject           TEXT    NOT NULL,             -- host's customer id, or 'mail:' + address as typed for public customers
  email             TEXT    NOT NULL,
  name              TEXT,
  zone              TEXT    NOT NULL,             -- IANA; fixed at the first order (R2)
  locale            TEXT    NOT NULL,
  provider_customer TEXT,
  renewal_day       TEXT    NOT NULL DEFAULT '1', -- '1' … '28' or 'last' (S51)
  created_at        INTEGER NOT NULL,
  version           INTEGER NOT NULL,             -- of its journal stream
  UNIQUE (product_id, subject),
  UNIQUE (id, product_id)
) STRICT;

CREATE TABLE quotes (
  id                TEXT    PRIMARY KEY CHECK (id LIKE 'quo_%'),
  product_id        TEXT    NOT NULL,
  subject           TEXT    NOT NULL,             -- who may order it; '' for an anonymous visitor
  catalogue_version TEXT    NOT NULL REFERENCES catalogue_versions (version),
  currency          TEXT    NOT NULL,
  total             INTEGER NOT NULL CHECK (total >= 0),
  priced            TEXT    NOT NULL CHECK (json_valid(priced)), -- the immutable lines, see domain/quote.ts
  created_at        INTEGER NOT NULL,
  expires_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE orders (
  id                TEXT    PRIMARY KEY CHECK (id LIKE 'ord_%'),
  product_id        TEXT    NOT NULL,
  customer_id       TEXT    NOT NULL,
  quote_id          TEXT    NOT NULL UNIQUE REFERENCES quotes (id), -- one quote makes one order
  state             TEXT    NOT NULL CHECK (state IN ('pending','processing','paid','fulfilled','payable','expired',
                              'canceled','failed','review','partially_refunded','refunded')),
  disputed          INTEGER NOT NULL DEFAULT 0 CHECK (disputed IN (0, 1)),
  catalogue_version TEXT    NOT NULL REFERENCES catalogue_versions (version),
  currency          TEXT    NOT NULL,
  subtotal          INTEGER NOT NULL,
  discount          INTEGER NOT NULL,
  tax               INTEGER NOT NULL,
  total             INTEGER NOT NULL CHECK (total >= 0),
  email             TEXT    NOT NULL,
  locale            TEXT    NOT NULL,
  return_url        TEXT    NOT NULL,
  promo_code        TEXT,
  consent           TEXT    NOT NULL CHECK (json_valid(consent)),   -- see domain/order.ts
  token_hash        TEXT    UNIQUE,               -- HMAC of the private link
  failure           TEXT    CHECK (failure IS NULL OR json_valid(failure)),
  review_reason     TEXT,
  created_at        INTEGER NOT NULL,
  expires_at        INTEGER NOT NULL,
  paid_at           INTEGER,
  fulfilled_at      INTEGER,
  canceled_at       INTEGER,
  sweep_at          INTEGER,                      -- when the sweep looks at it next; NULL = never again
  version           INTEGER NOT NULL,             -- of its journal stream
  FOREIGN KEY (customer_id, product_id) REFERENCES customers (id, product_id),
  UNIQUE (id, product_id)
) STRICT;
CREATE INDEX orders_due ON orders (sweep_at) WHERE sweep_at IS NOT NULL;
CREATE INDEX orders_of_customer ON orders (customer_id, created_at);

CREATE TABLE order_lines (
  id          TEXT    PRIMARY KEY CHECK (id LIKE 'oln_%'),
  order_id    TEXT    NOT NULL REFERENCES orders (id),
  position    INTEGER NOT NULL,
  kind        TEXT    NOT NULL CHECK (kind IN ('purchase','renewal','add_units','pay_per_use')),
  plan_id     TEXT    NOT NULL,
  license_id  TEXT,                               -- the license renewed or extended; NULL for a purchase
  quantity    INTEGER NOT NULL CHECK (quantity >= 1),
  cycle       TEXT    CHECK (cycle IN ('month','year')),
  months      INTEGER NOT NULL,
  auto_renew  INTEGER NOT NULL CHECK (auto_renew IN (0, 1)),
  unit_amount INTEGER NOT NULL,
  amount      INTEGER NOT NULL,
  discount    INTEGER NOT NULL,
  tax         INTEGER NOT NULL,
  explanation TEXT    NOT NULL CHECK (json_valid(explanation)),     -- structured, put into words per locale
  UNIQUE (order_id, position)
) STRICT;

-- One payment page each; provider id, status, amount, currency and result (S61).
CREATE TABLE payments (
  id               TEXT    PRIMARY KEY CHECK (id LIKE 'pay_%'),
  order_id         TEXT    NOT NULL REFERENCES orders (id),
  attempt          INTEGER NOT NULL CHECK (attempt >= 1),
  session_id       TEXT    NOT NULL UNIQUE,
  intent_id        TEXT    UNIQUE,
  state            TEXT    NOT NULL CHECK (state IN ('open','processing','paid','failed','expired','canceled','refunded')),
  url              TEXT,
  amount           INTEGER NOT NULL,
  currency         TEXT    NOT NULL,
  method           TEXT    CHECK (method IS NULL OR json_valid(method)),
  failure          TEXT    CHECK (failure IS NULL OR json_valid(failure)),
  created_at       INTEGER NOT NULL,
  expires_at       INTEGER NOT NULL,
  settled_at       INTEGER,
  UNIQUE (order_id, attempt)
) STRICT;
CREATE UNIQUE INDEX payments_one_live_attempt ON payments (order_id) WHERE state IN ('open', 'processing');

-- At most one license per order line and kind: the UNIQUE makes issuing safe to repeat (I1).
CREATE TABLE licenses (
  id               TEXT    PRIMARY KEY CHECK (id LIKE 'lic_%'),
  product_id       TEXT    NOT NULL,
  customer_id      TEXT    NOT NULL,
  order_id         TEXT    REFERENCES orders (id),
  order_line_id    TEXT    REFERENCES order_lines (id),
  kind             TEXT    NOT NULL CHECK (kind IN ('paid','complimentary','grant')),
  plan_id          TEXT    NOT NULL,
  plan_name        TEXT    NOT NULL,
  type             TEXT    NOT NULL,
  one_time         INTEGER NOT NULL CHECK (one_time IN (0, 1)),
  cycle            TEXT    CHECK (cycle IN ('month','year')),
  total            INTEGER NOT NULL CHECK (total >= 0),   -- computed from the ledger
  reserved         INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  consumed         INTEGER NOT NULL DEFAULT 0 CHECK (consumed >= 0),
  activated_at     INTEGER NOT NULL,
  ends_at          INTEGER NOT NULL,                      -- exclusive; computed from the ledger
  service_days     INTEGER NOT NULL,                      -- Service Life (Days) of R2, for sorting
  anchor_day       INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  anchor_time      TEXT    NOT NULL,                      -- local time of day, HH:MM:SS
  zone             TEXT    NOT NULL,                      -- IANA
  grace_days       INTEGER NOT NULL,
  retention_days   INTEGER NOT NULL,
  renewal_mode     TEXT    CHECK (renewal_mode IN ('manual','auto','pay_per_use','canceled')),
  next_charge_at   INTEGER,
  currency         TEXT,                                  -- of the last paid order
  suspended_at     INTEGER,
  under_review_at  INTEGER,
  revoked_at       INTEGER,
  key_hash         TEXT    NOT NULL UNIQUE,
  key_cipher       TEXT    NOT NULL,
  key_last4        TEXT    NOT NULL,
  created_at       INTEGER NOT NULL,
  version          INTEGER NOT NULL,                      -- of its journal stream
  CHECK (reserved + consumed <= total),
  UNIQUE (order_line_id, kind),
  FOREIGN KEY (customer_id, product_id) REFERENCES customers (id, product_id)
) STRICT;
CREATE INDEX licenses_of_customer ON licenses (customer_id, ends_at, id);

-- Coverage is a ledger (R10): expiry and Total are computed from it, never edited.
CREATE TABLE coverage (
  license_id    TEXT    NOT NULL REFERENCES licenses (id),
  sequence      INTEGER NOT NULL CHECK (sequence >= 1),
  kind          TEXT    NOT NULL CHECK (kind IN ('purchase','renewal','alignment','complimentary','goodwill','pay_per_use',
                          'reversal','units_granted','units_added','units_removed')),
  order_line_id TEXT    REFERENCES order_lines (id),
  entry         TEXT    NOT NULL CHECK (json_valid(entry)),         -- see domain/coverage.ts
  at            INTEGER NOT NULL,
  PRIMARY KEY (license_id, sequence),
  UNIQUE (license_id, order_line_id, kind)
) STRICT;

CREATE TABLE promo_uses (
  order_id    TEXT PRIMARY KEY REFERENCES orders (id),
  product_id  TEXT NOT NULL,
  code        TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('reserved','counted','released'))
) STRICT;
CREATE INDEX promo_uses_of_code ON promo_uses (product_id, code, customer_id);

-- Mail intents, written in the batch that caused them: each (kind, reference) at most once (I7).
CREATE TABLE mails (
  id         TEXT    PRIMARY KEY CHECK (id LIKE 'mail_%'),
  product_id TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  reference  TEXT    NOT NULL,
  recipient  TEXT    NOT NULL,
  locale     TEXT    NOT NULL,
  data       TEXT    NOT NULL CHECK (json_valid(data)),
  created_at INTEGER NOT NULL,
  sent_at    INTEGER,
  UNIQUE (kind, reference)
) STRICT;

-- Inbox of the provider's notifications: stored before they are acted on (P05, P26).
CREATE TABLE provider_events (
  id          TEXT    PRIMARY KEY,
  type        TEXT    NOT NULL,
  session_id  TEXT,
  intent_id   TEXT,
  order_id    TEXT,
  received_at INTEGER NOT NULL,
  handled_at  INTEGER,
  outcome     TEXT,
  attempts    INTEGER NOT NULL DEFAULT 0,
  sweep_at    INTEGER
) STRICT;
CREATE INDEX provider_events_due ON provider_events (sweep_at) WHERE sweep_at IS NOT NULL;

CREATE TABLE idempotency_keys (
  product_id TEXT    NOT NULL,
  subject    TEXT    NOT NULL,
  route      TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  body_hash  TEXT    NOT NULL,
  result_id  TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (product_id, subject, route, key)
) STRICT;

-- What a person has to look at: mismatches, late payments, disputes.
CREATE TABLE operator_tasks (
  id         TEXT    PRIMARY KEY,
  product_id TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  reference  TEXT    NOT NULL,
  data       TEXT    NOT NULL CHECK (json_valid(data)),
  created_at INTEGER NOT NULL,
  closed_at  INTEGER,
  UNIQUE (kind, reference)
) STRICT;
