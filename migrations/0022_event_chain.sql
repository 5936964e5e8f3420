-- A checksum per event, each over the one before it: a changed, missing or swapped
-- event is found wherever it is. It finds damage, not forgery: whoever can write the
-- file can write the checksums too.
-- Absent: written before this migration; the next start fills it in.
ALTER TABLE events ADD COLUMN chain_sha256 BLOB
    CHECK (chain_sha256 IS NULL OR length(chain_sha256) = 32);

-- What happened still never changes; its checksum may be computed again.
DROP TRIGGER events_never_change;
CREATE TRIGGER events_never_change BEFORE UPDATE OF workshop_id, seq, at_ms, payload ON events
BEGIN
    SELECT RAISE(ABORT, 'events never change');
END;
