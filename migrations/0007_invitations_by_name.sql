-- An invitation is for somebody by name, can be listed, and can be taken back.
-- Its id is what a list may show: the secret, and even the hash of it, stays away.
-- Made anew because a table without rowid cannot be given another primary key.
CREATE TABLE invitations_by_name (
    id             INTEGER NOT NULL PRIMARY KEY,
    secret_sha256  BLOB    NOT NULL UNIQUE CHECK (length(secret_sha256) = 32),
    -- For whom; absent when nobody said, as before this migration.
    name           TEXT,
    invited_by     INTEGER NOT NULL REFERENCES facilitators (id),
    created_at_ms  INTEGER NOT NULL,
    expires_at_ms  INTEGER NOT NULL,
    -- Both absent: not used.
    redeemed_by    INTEGER REFERENCES facilitators (id),
    redeemed_at_ms INTEGER,
    -- Absent: not taken back.
    revoked_at_ms  INTEGER,
    CHECK ((redeemed_by IS NULL) = (redeemed_at_ms IS NULL)),
    -- What was used can no longer be taken back; the facilitator's access can.
    CHECK (redeemed_by IS NULL OR revoked_at_ms IS NULL)
) STRICT;

INSERT INTO invitations_by_name
    (id, secret_sha256, invited_by, created_at_ms, expires_at_ms, redeemed_by, redeemed_at_ms)
SELECT random() & 0x7fffffffffffffff,
       secret_sha256, invited_by, created_at_ms, expires_at_ms, redeemed_by, redeemed_at_ms
FROM invitations;

DROP TABLE invitations;
ALTER TABLE invitations_by_name RENAME TO invitations;

CREATE INDEX invitations_newest_first ON invitations (created_at_ms DESC, id DESC);

-- Absent: still a facilitator. The row stays when somebody's access is taken
-- away, because invitations and seats of past workshops speak of it.
ALTER TABLE facilitators ADD COLUMN removed_at_ms INTEGER;
