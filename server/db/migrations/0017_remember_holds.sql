-- When a license was suspended or under review, and is so no more: [{"from","until"}] in epoch
-- milliseconds. That time counts neither towards grace nor towards retention.
ALTER TABLE licenses ADD COLUMN holds TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(holds));
-- By how much they move the ends of both, for this end of the license; 0 for any other one.
ALTER TABLE licenses ADD COLUMN held_end_at INTEGER;
ALTER TABLE licenses ADD COLUMN held_grace_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licenses ADD COLUMN held_retention_ms INTEGER NOT NULL DEFAULT 0;
