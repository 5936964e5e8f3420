-- What rooms see of an image: smaller than the file its author gave, which stays.
-- An image without a row is shown as it is, until a codelab with it is saved.
CREATE TABLE shown_images (
    original_sha256 BLOB    NOT NULL PRIMARY KEY REFERENCES files (sha256),
    -- The original itself, if nothing smaller was found.
    shown_sha256    BLOB    NOT NULL REFERENCES files (sha256),
    -- Both absent: its size is not known.
    width           INTEGER,
    height          INTEGER,
    CHECK ((width IS NULL) = (height IS NULL))
) STRICT, WITHOUT ROWID;
