-- Who is counted as one (T11, T12): an IPv4 address or an IPv6 /64; null for orders that a job placed.
ALTER TABLE orders ADD COLUMN source TEXT;
CREATE INDEX orders_recent ON orders (product_id, created_at) WHERE source IS NOT NULL;
