-- A run takes the first few that are pending, in their order: it must not sort all that wait (N15).
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint_id, position) WHERE state = 'pending';
DROP INDEX webhook_deliveries_due;
