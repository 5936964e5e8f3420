-- A revision is a save point: who saved it, and why, if they said.
-- Absent: it was imported, or saved before this migration.
ALTER TABLE revisions ADD COLUMN saved_by INTEGER REFERENCES facilitators (id);
-- Absent: nothing was said.
ALTER TABLE revisions ADD COLUMN note TEXT;
-- The revision whose text this one brought back; absent: it was written.
ALTER TABLE revisions ADD COLUMN restored_from INTEGER CHECK (restored_from >= 1);

-- What somebody has typed since the last save point. Workshops never see it; one
-- per person, so that two who write at once do not overwrite each other.
-- With a rowid: rows carry the whole source.
CREATE TABLE drafts (
    codelab_id     INTEGER NOT NULL REFERENCES codelabs (id),
    facilitator_id INTEGER NOT NULL REFERENCES facilitators (id),
    -- The revision that was open when the writing began; a merge starts from it.
    base           INTEGER NOT NULL CHECK (base >= 1),
    source         TEXT    NOT NULL,
    saved_at_ms    INTEGER NOT NULL,
    PRIMARY KEY (codelab_id, facilitator_id)
) STRICT;

-- Every file that a codelab ever had, whether its newest revision shows it or not:
-- a picture may be brought back by typing its name, and by restoring a revision.
CREATE TABLE codelab_files (
    codelab_id  INTEGER NOT NULL REFERENCES codelabs (id),
    -- As the Markdown writes it.
    reference   TEXT    NOT NULL,
    file_sha256 BLOB    NOT NULL REFERENCES files (sha256),
    PRIMARY KEY (codelab_id, reference)
) STRICT, WITHOUT ROWID;

-- The newest revision first, so that it wins where a name stood for two files.
INSERT INTO codelab_files (codelab_id, reference, file_sha256)
SELECT codelab_id, reference, file_sha256 FROM revision_files
WHERE true ORDER BY revision DESC
ON CONFLICT (codelab_id, reference) DO NOTHING;
