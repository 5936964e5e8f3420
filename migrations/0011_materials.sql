-- What a workshop needs besides the steps: links, and files of any size. They
-- belong to the codelab, not to a revision: a corrected download counts at once.
CREATE TABLE materials (
    id            INTEGER NOT NULL PRIMARY KEY,
    codelab_id    INTEGER NOT NULL REFERENCES codelabs (id),
    title         TEXT    NOT NULL,
    -- Absent: a file.
    url           TEXT,
    -- Both absent: a link.
    file_sha256   BLOB    REFERENCES files (sha256),
    file_name     TEXT,
    created_at_ms INTEGER NOT NULL,
    -- Absent: is there. Present: taken away, can be put back.
    removed_at_ms INTEGER,
    CHECK ((url IS NULL) <> (file_sha256 IS NULL)),
    CHECK ((file_sha256 IS NULL) = (file_name IS NULL))
) STRICT;

CREATE INDEX materials_by_codelab ON materials (codelab_id, created_at_ms, id);

-- Files that are on their way. The bytes lie in files/uploads under the id; what
-- the row counts is safe on the disk, what lies behind it is not.
CREATE TABLE uploads (
    id             INTEGER NOT NULL PRIMARY KEY,
    codelab_id     INTEGER NOT NULL REFERENCES codelabs (id),
    title          TEXT    NOT NULL,
    file_name      TEXT    NOT NULL,
    size_bytes     INTEGER NOT NULL CHECK (size_bytes >= 1),
    received_bytes INTEGER NOT NULL CHECK (received_bytes BETWEEN 0 AND size_bytes),
    created_at_ms  INTEGER NOT NULL
) STRICT;

CREATE INDEX uploads_by_codelab ON uploads (codelab_id, created_at_ms, id);
