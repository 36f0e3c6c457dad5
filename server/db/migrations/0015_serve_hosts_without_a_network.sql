-- An installation is found by its fingerprint, or by the digest that a registration code carries. Rows
-- that are older than the digest get theirs when they are activated again.
ALTER TABLE activations ADD COLUMN fingerprint_digest TEXT;
-- Of the host's secret, whoever was activated by a code (S34); null for those that call by themselves.
ALTER TABLE activations ADD COLUMN commitment TEXT;
-- Where it was activated from, coarsely: /16 of IPv4, /32 of IPv6.
ALTER TABLE activations ADD COLUMN network TEXT;
CREATE UNIQUE INDEX activations_by_digest ON activations (license_id, fingerprint_digest);
CREATE INDEX activations_by_time ON activations (license_id, activated_at);

-- A key that was replaced works until a stated instant (T15).
ALTER TABLE licenses ADD COLUMN previous_key_hash TEXT;
ALTER TABLE licenses ADD COLUMN previous_key_last4 TEXT;
ALTER TABLE licenses ADD COLUMN previous_key_until INTEGER;
CREATE UNIQUE INDEX licenses_by_previous_key ON licenses (previous_key_hash) WHERE previous_key_hash IS NOT NULL;

-- What an operator gives without a payment, until the customer takes it in the console (S34).
CREATE TABLE activation_codes (
  id              TEXT    PRIMARY KEY CHECK (id LIKE 'acd_%'),
  product_id      TEXT    NOT NULL,
  customer_digest TEXT    NOT NULL,             -- of the registration code: nobody else may take it
  reference       TEXT    NOT NULL,             -- the operator's own name for it
  token_hash      TEXT    NOT NULL UNIQUE,
  terms           TEXT    NOT NULL CHECK (json_valid(terms)),
  created_at      INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  license_id      TEXT    REFERENCES licenses (id),
  redeemed_at     INTEGER,
  version         INTEGER NOT NULL,             -- of its journal stream
  UNIQUE (product_id, reference),
  CHECK ((license_id IS NULL) = (redeemed_at IS NULL))
) STRICT;

-- The wish that another installation takes the place of one (S82).
CREATE TABLE rebinds (
  id                TEXT    PRIMARY KEY CHECK (id LIKE 'reb_%'),
  license_id        TEXT    NOT NULL REFERENCES licenses (id),
  activation_id     TEXT    NOT NULL REFERENCES activations (id),
  new_activation_id TEXT    REFERENCES activations (id),
  fingerprint       TEXT    NOT NULL,           -- of the newcomer
  name              TEXT,
  state             TEXT    NOT NULL CHECK (state IN ('requested','approved','denied','withdrawn')),
  score             INTEGER NOT NULL CHECK (score >= 0),
  reasons           TEXT    NOT NULL CHECK (json_valid(reasons)),
  requested_by      TEXT    NOT NULL,           -- 'customer:cus_…', 'installation'
  email             TEXT    NOT NULL,           -- of who is told
  note              TEXT,
  requested_at      INTEGER NOT NULL,
  decided_by        TEXT,
  decided_at        INTEGER,
  decision_reason   TEXT,
  version           INTEGER NOT NULL,           -- of its journal stream
  CHECK ((state = 'requested') = (decided_at IS NULL))
) STRICT;
CREATE INDEX rebinds_of_license ON rebinds (license_id, requested_at);
CREATE UNIQUE INDEX rebinds_waiting ON rebinds (activation_id) WHERE state = 'requested';
