-- Workshops that took place elsewhere and were brought here afterwards. The
-- history says so, since nobody of this machine was there. Follows from the log,
-- which told of none before this.
ALTER TABLE workshops ADD COLUMN imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1));
