-- Questions from the contact form (S35, S77). The message is kept exactly as it was sent.
CREATE TABLE tickets (
  id              TEXT    PRIMARY KEY CHECK (id LIKE 'tic_%'),
  number          INTEGER NOT NULL UNIQUE,        -- what people say to each other: #1001
  product_id      TEXT,                           -- known when the order is, and its e-mail address fits
  topic           TEXT    NOT NULL CHECK (topic IN ('purchase','activation','update','renewal','refund','support')),
  email           TEXT    NOT NULL,               -- as typed; compared without regard to ASCII case
  order_reference TEXT    NOT NULL,               -- as typed, not proved; '' for none
  message         TEXT    NOT NULL,
  locale          TEXT    NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('open','awaiting_operator','awaiting_customer','resolved','closed')),
  created_at      INTEGER NOT NULL,
  version         INTEGER NOT NULL                -- of its journal stream
) STRICT;
CREATE INDEX tickets_of_address ON tickets (lower(email), created_at);
