-- Where backends of hosts want to be told what happened (Standard Webhooks).
CREATE TABLE webhook_endpoints (
  id              TEXT    PRIMARY KEY CHECK (id LIKE 'whe_%'),
  product_id      TEXT    NOT NULL,
  url             TEXT    NOT NULL,
  email           TEXT    NOT NULL,               -- who hears when it is disabled
  secret          TEXT    NOT NULL,               -- sealed
  previous_secret TEXT,                           -- sealed; signs, too, until previous_until
  previous_until  INTEGER,
  state           TEXT    NOT NULL CHECK (state IN ('enabled','disabled','deleted')),
  failing_since   INTEGER,
  position        INTEGER NOT NULL,               -- of the journal, up to which it was read
  created_at      INTEGER NOT NULL,
  version         INTEGER NOT NULL                -- of its journal stream
) STRICT;

-- One event for one endpoint; those about one object are delivered in their order.
CREATE TABLE webhook_deliveries (
  endpoint_id TEXT    NOT NULL REFERENCES webhook_endpoints (id),
  position    INTEGER NOT NULL,                   -- of the journal entry
  object      TEXT    NOT NULL,                   -- its stream
  type        TEXT    NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('pending','delivered','failed','dropped')),
  attempts    INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,                   -- while it is being sent, the end of the lease
  outcome     TEXT,                               -- of the last attempt: a status, or why there was none
  created_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  PRIMARY KEY (endpoint_id, position)
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_of_object ON webhook_deliveries (endpoint_id, object, position) WHERE state = 'pending';
