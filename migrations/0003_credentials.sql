-- Secrets are kept only as SHA-256. Seat tokens and facilitator tokens have 256
-- random bits, so that a plain hash of them cannot be turned back.

CREATE TABLE seat_tokens (
    token_sha256  BLOB    NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 32),
    workshop_id   INTEGER NOT NULL,
    seat_id       INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    FOREIGN KEY (workshop_id, seat_id) REFERENCES seats (workshop_id, id)
) STRICT, WITHOUT ROWID;

-- One per seat: a new one replaces the old.
CREATE TABLE resume_codes (
    workshop_id   INTEGER NOT NULL,
    seat_id       INTEGER NOT NULL,
    code_sha256   BLOB    NOT NULL UNIQUE CHECK (length(code_sha256) = 32),
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (workshop_id, seat_id),
    FOREIGN KEY (workshop_id, seat_id) REFERENCES seats (workshop_id, id)
) STRICT, WITHOUT ROWID;

-- People with facilitator rights on this machine.
CREATE TABLE facilitators (
    id            INTEGER NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    -- The person whose machine this is.
    is_owner      INTEGER NOT NULL CHECK (is_owner IN (0, 1)),
    created_at_ms INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX facilitators_one_owner ON facilitators (is_owner) WHERE is_owner = 1;

CREATE TABLE facilitator_tokens (
    token_sha256   BLOB    NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 32),
    facilitator_id INTEGER NOT NULL REFERENCES facilitators (id),
    created_at_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Links that make somebody a facilitator, once.
CREATE TABLE invitations (
    secret_sha256  BLOB    NOT NULL PRIMARY KEY CHECK (length(secret_sha256) = 32),
    invited_by     INTEGER NOT NULL REFERENCES facilitators (id),
    created_at_ms  INTEGER NOT NULL,
    expires_at_ms  INTEGER NOT NULL,
    -- Both absent: not used yet.
    redeemed_by    INTEGER REFERENCES facilitators (id),
    redeemed_at_ms INTEGER,
    CHECK ((redeemed_by IS NULL) = (redeemed_at_ms IS NULL))
) STRICT, WITHOUT ROWID;

-- Facts about this installation that are worth no table of their own.
CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
