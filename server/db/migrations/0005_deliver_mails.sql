-- Delivery of mail intents: due at once until tried; each ends as sent, failed or dropped.
ALTER TABLE mails ADD COLUMN try_at INTEGER;                        -- not before; NULL = at once
ALTER TABLE mails ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;   -- begun
ALTER TABLE mails ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0;   -- begun, and never learned how they ended: each may have arrived (C16, C17)
ALTER TABLE mails ADD COLUMN failure TEXT;                          -- why the last attempt failed
ALTER TABLE mails ADD COLUMN failed_at INTEGER;                     -- given up: an operator's task
ALTER TABLE mails ADD COLUMN dropped_at INTEGER;                    -- no longer true when its turn came
ALTER TABLE mails ADD COLUMN version INTEGER NOT NULL DEFAULT 0;    -- of its journal stream

CREATE INDEX mails_waiting ON mails (created_at)
  WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL;
