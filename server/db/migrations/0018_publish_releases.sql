-- Versions of a connected product that its installations may update to (S83).
CREATE TABLE releases (
  id              TEXT    PRIMARY KEY CHECK (id LIKE 'rls_%'),
  product_id      TEXT    NOT NULL,
  version         TEXT    NOT NULL,               -- Semantic Versioning 2.0.0
  channel         TEXT    NOT NULL CHECK (channel IN ('stable','beta','alpha')),
  released_at     INTEGER NOT NULL,
  notes_url       TEXT,
  artifacts       TEXT    NOT NULL CHECK (json_type(artifacts) = 'array'),
  rollout_percent INTEGER NOT NULL CHECK (rollout_percent BETWEEN 0 AND 100),
  yanked_at       INTEGER,
  yank_reason     TEXT,
  row_version     INTEGER NOT NULL,               -- of its journal stream
  UNIQUE (product_id, version)
) STRICT;

-- Secrets of host backends (`sk_…`), as HMACs.
CREATE TABLE host_api_keys (
  id         TEXT    PRIMARY KEY CHECK (id LIKE 'hak_%'),
  product_id TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  hash       TEXT    NOT NULL UNIQUE,
  last4      TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER,
  version    INTEGER NOT NULL,                    -- of its journal stream
  UNIQUE (product_id, name)
) STRICT;

-- The host API reads what happened to one product, in order.
CREATE INDEX journal_of_product ON journal (product_id, position) WHERE product_id IS NOT NULL;
