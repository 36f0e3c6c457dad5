-- A license has at most one open order: the key holds it against a second one until the order is
-- fulfilled, expired, canceled or failed.
CREATE TABLE open_renewals (
  license_id TEXT    PRIMARY KEY REFERENCES licenses (id),
  order_id   TEXT    NOT NULL REFERENCES orders (id),
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX open_renewals_of_order ON open_renewals (order_id);

-- The plan before an upgrade. Such a line has the kind 'add_units', since both change a license until
-- its end, and the CHECK of a table that others refer to cannot be widened without rebuilding them.
ALTER TABLE order_lines ADD COLUMN upgrade_from TEXT;

-- Fewer units from the next period on.
ALTER TABLE licenses ADD COLUMN next_total INTEGER CHECK (next_total IS NULL OR next_total >= 1);
ALTER TABLE licenses ADD COLUMN next_total_at INTEGER;
