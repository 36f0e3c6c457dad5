-- The tabs of the renewal desk: one mode by expiry, and how many licenses are in each.
CREATE INDEX licenses_of_customer_by_mode ON licenses (customer_id, renewal_mode, ends_at, id);
