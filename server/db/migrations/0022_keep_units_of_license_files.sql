-- A floating unit stays with its installation for as long as a license file of it may be about: its host does not call.
ALTER TABLE activations ADD COLUMN offline_until INTEGER;
