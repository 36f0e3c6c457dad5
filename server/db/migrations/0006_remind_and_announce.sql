-- Each (license, expiry, occasion) at most once (R18, C15): whoever inserts it writes the mail.
CREATE TABLE reminders (
  license_id TEXT    NOT NULL REFERENCES licenses (id),
  expires_at INTEGER NOT NULL,  -- the end that it is about
  occasion   TEXT    NOT NULL,  -- see domain/reminder.ts
  mail_id    TEXT    NOT NULL,  -- the digest that said it, or that came later and made it needless
  at         INTEGER NOT NULL,
  PRIMARY KEY (license_id, expires_at, occasion)
) STRICT;

-- What a customer was told that the next automatic charge will cost (R18, domain/announced-price.ts).
CREATE TABLE announced_charges (
  license_id   TEXT    NOT NULL REFERENCES licenses (id),
  expires_at   INTEGER NOT NULL,  -- the end that the charge renews
  announced_on TEXT    NOT NULL,  -- YYYY-MM-DD in the zone of the license
  charge_at    INTEGER NOT NULL,
  quantity     INTEGER NOT NULL,  -- units that it is for
  currency     TEXT    NOT NULL,
  price        TEXT    NOT NULL CHECK (json_valid(price)),  -- the list price that was told, see domain/catalogue.ts
  total        INTEGER NOT NULL,  -- with tax: "we will charge"
  PRIMARY KEY (license_id, expires_at, announced_on)
) STRICT;

-- Private links to the renewal of some licenses, without login (S79). The token is never stored.
CREATE TABLE renew_links (
  id          TEXT    PRIMARY KEY CHECK (id LIKE 'rnl_%'),
  product_id  TEXT    NOT NULL,
  customer_id TEXT    NOT NULL REFERENCES customers (id),
  token_hash  TEXT    NOT NULL UNIQUE,  -- HMAC-SHA-256
  license_ids TEXT    NOT NULL CHECK (json_type(license_ids) = 'array'),
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  revoked_at  INTEGER
) STRICT;

CREATE INDEX licenses_by_end ON licenses (ends_at);
