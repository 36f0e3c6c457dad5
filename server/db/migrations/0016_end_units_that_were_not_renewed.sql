-- Fewer units from the next period on: the job finds those whose period has begun.
CREATE INDEX licenses_fewer_units ON licenses (next_total_at) WHERE next_total_at IS NOT NULL;
