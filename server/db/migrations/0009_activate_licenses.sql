-- One row per installation, which is activated again in place (C07). Active ones are counted in
-- licenses.reserved, whose CHECK holds that no unit is taken twice (I4).
CREATE TABLE activations (
  id           TEXT    PRIMARY KEY CHECK (id LIKE 'act_%'),
  license_id   TEXT    NOT NULL REFERENCES licenses (id),
  fingerprint  TEXT    NOT NULL,
  name         TEXT,
  state        TEXT    NOT NULL CHECK (state IN ('active','deactivated','culled')),
  activated_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  ended_at     INTEGER,
  version      INTEGER NOT NULL,                -- of its journal stream
  UNIQUE (license_id, fingerprint)
) STRICT;
CREATE INDEX activations_by_name ON activations (license_id, name) WHERE state = 'active';

-- A unit of a one-time license, by the host's reference: once each, whatever the network repeats.
CREATE TABLE license_units (
  license_id  TEXT    NOT NULL REFERENCES licenses (id),
  reference   TEXT    NOT NULL,
  use         TEXT    NOT NULL CHECK (use IN ('reserved','consumed','released')),
  reserved_at INTEGER NOT NULL,
  ended_at    INTEGER,
  PRIMARY KEY (license_id, reference)
) STRICT, WITHOUT ROWID;
