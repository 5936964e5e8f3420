-- Marks the file as one of Open Codelabs ("OCLB"), so that restoring a backup
-- can tell it from any other SQLite file.
PRAGMA application_id = 1329810498;

-- What happened in every workshop. The truth: all tables of 0002 follow from it.
-- Clustered by workshop and position, because it is only ever read in that order.
CREATE TABLE events (
    workshop_id INTEGER NOT NULL CHECK (workshop_id >= 0),
    seq         INTEGER NOT NULL CHECK (seq >= 1),
    at_ms       INTEGER NOT NULL,
    payload     TEXT    NOT NULL CHECK (json_valid(payload)),
    -- Taken from the payload, so that the two cannot contradict each other.
    kind        TEXT    NOT NULL GENERATED ALWAYS AS (payload ->> 'kind') VIRTUAL,
    PRIMARY KEY (workshop_id, seq)
) STRICT, WITHOUT ROWID;

-- Events are facts.
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events never change');
END;

-- Commands that were carried out, so that one sent twice is answered like the
-- first time and does nothing.
CREATE TABLE answers (
    workshop_id INTEGER NOT NULL,
    -- The seat that gave the command; 0 is the entrance, where people have no seat yet.
    issuer      INTEGER NOT NULL CHECK (issuer >= 0),
    command_id  BLOB    NOT NULL CHECK (length(command_id) = 16),
    -- The last event the command caused.
    seq         INTEGER NOT NULL,
    PRIMARY KEY (workshop_id, issuer, command_id),
    FOREIGN KEY (workshop_id, seq) REFERENCES events (workshop_id, seq)
) STRICT, WITHOUT ROWID;
