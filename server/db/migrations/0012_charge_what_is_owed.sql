-- The price of a license's last period, which its next automatic charge is compared with (R18).
CREATE INDEX order_lines_of_license ON order_lines (license_id) WHERE license_id IS NOT NULL;

-- The method that the last try charged: another one is tried at once.
ALTER TABLE auto_charges ADD COLUMN method_id TEXT;
CREATE INDEX auto_charges_past_due ON auto_charges (license_id) WHERE state = 'past_due';

-- Placed by a job, and not charged yet: a crash came in between.
CREATE INDEX orders_of_jobs ON orders (created_at) WHERE origin <> 'customer' AND state = 'pending';

ALTER TABLE meter_bills ADD COLUMN method_id TEXT;
ALTER TABLE meter_bills ADD COLUMN suspended_at INTEGER;  -- when its licenses were, for not being paid
ALTER TABLE meter_bills ADD COLUMN version INTEGER NOT NULL DEFAULT 1;  -- of its journal stream
