-- Money that goes back (R15). Stored before the provider is asked, so that a crash loses none.
CREATE TABLE refunds (
  id              TEXT    PRIMARY KEY,             -- ref_… for ours, the provider's id for those made there
  order_id        TEXT    NOT NULL REFERENCES orders (id),
  key             TEXT    NOT NULL UNIQUE,         -- what was asked for: the same is asked for once
  intent_id       TEXT    NOT NULL,
  provider_refund TEXT    UNIQUE,                  -- NULL until the provider has answered
  kind            TEXT    NOT NULL CHECK (kind IN ('period','units','amount')),
  lines           TEXT    NOT NULL CHECK (json_type(lines) = 'array'), -- what is taken back, see domain/refund.ts
  amount          INTEGER NOT NULL CHECK (amount >= 1),
  currency        TEXT    NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('pending','succeeded','failed')),
  reason          TEXT    NOT NULL,
  actor           TEXT    NOT NULL,
  created_at      INTEGER NOT NULL,
  applied_at      INTEGER                          -- when order and licenses learned of it
) STRICT;
CREATE INDEX refunds_of_order ON refunds (order_id);

-- Objections of payers (R16), by the provider's id.
CREATE TABLE disputes (
  id         TEXT    PRIMARY KEY,
  order_id   TEXT    NOT NULL REFERENCES orders (id),
  intent_id  TEXT    NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('inquiry','inquiry_closed','open','won','lost')),
  amount     INTEGER NOT NULL,
  currency   TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  suspended  TEXT    NOT NULL CHECK (json_type(suspended) = 'array'), -- licenses that it suspended and that only it holds
  created_at INTEGER NOT NULL,
  closed_at  INTEGER
) STRICT;
CREATE INDEX disputes_of_order ON disputes (order_id);
