-- Files that codelabs use. The bytes lie beside the database under their hash;
-- a row says that they are complete.
CREATE TABLE files (
    sha256        BLOB    NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    media_type    TEXT    NOT NULL,
    size_bytes    INTEGER NOT NULL CHECK (size_bytes >= 0),
    -- Both absent: no picture, or one whose size is not known.
    width         INTEGER,
    height        INTEGER,
    created_at_ms INTEGER NOT NULL,
    CHECK ((width IS NULL) = (height IS NULL))
) STRICT, WITHOUT ROWID;

-- Rendered steps, kept as they travel: compressed once, served as they are. Kept
-- even when no revision uses them any more, because workshops refer to them.
-- With a rowid: rows are large.
CREATE TABLE contents (
    sha256    BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    html_gzip BLOB NOT NULL
) STRICT;

CREATE TABLE codelabs (
    id            INTEGER NOT NULL PRIMARY KEY,
    -- The id its author gave it; absent if none. Not unique: people import variants.
    authored_id   TEXT,
    -- The newest revision.
    revision      INTEGER NOT NULL CHECK (revision >= 1),
    -- Title and tags of the newest revision in lower case, by Unicode's rules:
    -- SQLite folds ASCII only.
    search_text   TEXT    NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    -- Absent: in the library. Present: removed, can be restored.
    deleted_at_ms INTEGER
) STRICT;

CREATE INDEX codelabs_by_change ON codelabs (updated_at_ms, id) WHERE deleted_at_ms IS NULL;
CREATE INDEX codelabs_by_authored_id ON codelabs (authored_id) WHERE authored_id IS NOT NULL;

-- With a rowid: rows carry the whole source.
CREATE TABLE revisions (
    codelab_id    INTEGER NOT NULL REFERENCES codelabs (id),
    number        INTEGER NOT NULL CHECK (number >= 1),
    title         TEXT    NOT NULL,
    -- Absent, here and below: the author did not say.
    summary       TEXT,
    authors       TEXT,
    language      TEXT,
    feedback_link TEXT,
    categories    TEXT    NOT NULL CHECK (json_type(categories) = 'array'),
    tags          TEXT    NOT NULL CHECK (json_type(tags) = 'array'),
    -- The Markdown as it was imported or saved.
    source        TEXT    NOT NULL,
    cover_sha256  BLOB    REFERENCES files (sha256),
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (codelab_id, number)
) STRICT;

CREATE TABLE revision_steps (
    codelab_id     INTEGER NOT NULL,
    revision       INTEGER NOT NULL,
    position       INTEGER NOT NULL CHECK (position >= 1),
    -- Stays the same through all revisions.
    step_id        INTEGER NOT NULL,
    title          TEXT    NOT NULL,
    -- Absent: the author planned none.
    minutes        INTEGER CHECK (minutes >= 0),
    markdown       TEXT    NOT NULL,
    content_sha256 BLOB    NOT NULL REFERENCES contents (sha256),
    PRIMARY KEY (codelab_id, revision, position),
    UNIQUE (codelab_id, revision, step_id),
    FOREIGN KEY (codelab_id, revision) REFERENCES revisions (codelab_id, number)
) STRICT;

CREATE TABLE revision_files (
    codelab_id  INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    -- As the Markdown writes it.
    reference   TEXT    NOT NULL,
    file_sha256 BLOB    NOT NULL REFERENCES files (sha256),
    PRIMARY KEY (codelab_id, revision, reference),
    FOREIGN KEY (codelab_id, revision) REFERENCES revisions (codelab_id, number)
) STRICT, WITHOUT ROWID;

-- A codelab as the library lists it: with what its newest revision says.
CREATE VIEW codelab_summaries AS
SELECT codelabs.id, codelabs.authored_id, codelabs.revision, codelabs.search_text,
       codelabs.created_at_ms, codelabs.updated_at_ms, codelabs.deleted_at_ms,
       revisions.title, revisions.summary, revisions.authors, revisions.language,
       revisions.feedback_link, revisions.categories, revisions.tags, revisions.cover_sha256,
       (SELECT COUNT(*) FROM revision_steps AS step
        WHERE step.codelab_id = codelabs.id AND step.revision = codelabs.revision) AS steps,
       (SELECT COALESCE(SUM(step.minutes), 0) FROM revision_steps AS step
        WHERE step.codelab_id = codelabs.id AND step.revision = codelabs.revision) AS minutes
FROM codelabs
JOIN revisions ON revisions.codelab_id = codelabs.id AND revisions.number = codelabs.revision;
