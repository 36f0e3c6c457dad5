-- What later charges use: a copy of the provider's facts, see payments/port.ts.
ALTER TABLE customers ADD COLUMN saved_method TEXT CHECK (saved_method IS NULL OR json_valid(saved_method));
CREATE INDEX customers_by_saved_method ON customers (json_extract(saved_method, '$.id')) WHERE saved_method IS NOT NULL;

-- Pages that save a method beside any order; stored once the page is open.
CREATE TABLE method_setups (
  id          TEXT    PRIMARY KEY CHECK (id LIKE 'set_%'),
  customer_id TEXT    NOT NULL REFERENCES customers (id),
  session_id  TEXT    NOT NULL UNIQUE,
  return_url  TEXT    NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('open','saved','expired')),
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  sweep_at    INTEGER,          -- when the sweep looks at it next; NULL = never again
  version     INTEGER NOT NULL  -- of its journal stream
) STRICT;
CREATE INDEX method_setups_due ON method_setups (sweep_at) WHERE sweep_at IS NOT NULL;

ALTER TABLE provider_events ADD COLUMN method_id TEXT;
