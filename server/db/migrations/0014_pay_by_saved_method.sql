-- The provider's id of the saved method that an order is to be paid with; null: on a payment page.
ALTER TABLE orders ADD COLUMN method_id TEXT;
