-- Holds no row, ever. A batch that must find exactly n rows to change adds an insert that happens
-- only when it did not; the CHECK then fails, and the whole batch with it (see commit.ts).
CREATE TABLE commit_guards (
  is_met INTEGER NOT NULL CHECK (is_met = 1)
) STRICT;
