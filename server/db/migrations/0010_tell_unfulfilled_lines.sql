-- Why a paid line could not be fulfilled: its money goes back.
ALTER TABLE order_lines ADD COLUMN failure TEXT;
