-- Files that may come to nothing: an import can be refused at its end, a download ended, the
-- power fail. A file stands here before its bytes are on the disk, and no longer once what it is
-- for was saved. What stands here at a start never was, and goes.
CREATE TABLE unsaved_files (
    sha256 BLOB    NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    -- The work it came with, numbered anew at each start; absent: it is saved as soon as it is
    -- there.
    work   INTEGER
) STRICT, WITHOUT ROWID;
