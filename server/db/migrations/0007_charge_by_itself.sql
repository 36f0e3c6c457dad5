-- Who asked for an order: its customer, or one of our jobs, which nobody waits for.
ALTER TABLE orders ADD COLUMN origin TEXT NOT NULL DEFAULT 'customer'
  CHECK (origin IN ('customer', 'auto_renewal', 'meter'));

-- The automatic charge of one expiry, from its first try on; see domain/auto-renewal.ts. A license
-- whose expiry moved, by hand or by itself, starts a new one.
CREATE TABLE auto_charges (
  license_id    TEXT    NOT NULL REFERENCES licenses (id),
  ends_at       INTEGER NOT NULL,  -- the expiry that it renews
  state         TEXT    NOT NULL CHECK (state IN ('due', 'processing', 'past_due', 'charged', 'ended')),
  attempts      INTEGER NOT NULL CHECK (attempts >= 0),
  soft_failures INTEGER NOT NULL CHECK (soft_failures >= 0),
  last_on       TEXT,              -- local date of the last try
  failure       TEXT    CHECK (failure IS NULL OR json_valid(failure)),
  next_at       INTEGER,           -- NULL while one is under way, and when only a new method helps
  order_id      TEXT    REFERENCES orders (id),  -- of the last try
  PRIMARY KEY (license_id, ends_at)
) STRICT;
CREATE INDEX auto_charges_of_order ON auto_charges (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX licenses_to_charge ON licenses (next_charge_at)
  WHERE renewal_mode = 'auto' AND next_charge_at IS NOT NULL;
CREATE INDEX licenses_by_mode_and_end ON licenses (renewal_mode, ends_at);

-- Pay-per-use: the time in which UTC days are counted, at the rate and cap that were agreed to.
CREATE TABLE meters (
  license_id      TEXT    NOT NULL REFERENCES licenses (id),
  opened_at       INTEGER NOT NULL,  -- when it was switched on
  currency        TEXT    NOT NULL,
  unit_amount     INTEGER NOT NULL,  -- one unit for one day
  cap_unit_amount INTEGER NOT NULL,  -- the most that one unit costs in one UTC month
  consent         TEXT    NOT NULL CHECK (json_valid(consent)),
  counted_on      TEXT,              -- the last UTC date that was counted
  stopped_at      INTEGER,
  stopped_by      TEXT    CHECK (stopped_by IN ('switch', 'unpaid', 'revoked')),
  PRIMARY KEY (license_id, opened_at)
) STRICT;
CREATE UNIQUE INDEX meters_one_running ON meters (license_id) WHERE stopped_at IS NULL;

-- One UTC day each, counted at most once.
CREATE TABLE meter_days (
  license_id  TEXT    NOT NULL REFERENCES licenses (id),
  counted_on  TEXT    NOT NULL,  -- UTC date
  customer_id TEXT    NOT NULL REFERENCES customers (id),
  units       INTEGER NOT NULL,
  unit_amount INTEGER NOT NULL,
  currency    TEXT    NOT NULL,
  order_id    TEXT    REFERENCES orders (id),  -- that paid for it
  PRIMARY KEY (license_id, counted_on)
) STRICT;
CREATE INDEX meter_days_unpaid ON meter_days (customer_id, currency) WHERE order_id IS NULL;

-- What a customer owes for metered days, while it is asked for.
CREATE TABLE meter_bills (
  customer_id TEXT    NOT NULL REFERENCES customers (id),
  currency    TEXT    NOT NULL,
  due_at      INTEGER NOT NULL,  -- unpaid for 7 days from here on, its licenses are suspended
  state       TEXT    NOT NULL CHECK (state IN ('due', 'processing', 'past_due')),
  attempts    INTEGER NOT NULL,
  last_on     TEXT,
  failure     TEXT    CHECK (failure IS NULL OR json_valid(failure)),
  next_at     INTEGER,
  order_id    TEXT    REFERENCES orders (id),
  PRIMARY KEY (customer_id, currency)
) STRICT;
