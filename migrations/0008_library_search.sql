-- The library is searched in its full text, sorted in several ways, and sorted
-- into shelves: what is in use, what is archived, what was removed.

-- The view named a column that goes.
DROP VIEW codelab_summaries;
-- Title and tags, searched letter by letter; the index below takes over.
ALTER TABLE codelabs DROP COLUMN search_text;
-- Title of the newest revision in lower case, by Unicode's rules: SQLite folds
-- ASCII only. Empty until the codelab is taken into the index.
ALTER TABLE codelabs ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
-- The revision that is in the index; 0: none, the next start takes it in.
ALTER TABLE codelabs ADD COLUMN indexed_revision INTEGER NOT NULL DEFAULT 0;
-- Absent: not archived.
ALTER TABLE codelabs ADD COLUMN archived_at_ms INTEGER;

-- Keeps no text, only where each word is. Words are cut by the program before
-- they come here: SQLite knows no words in Korean, Japanese and Chinese.
CREATE VIRTUAL TABLE codelab_search USING fts5 (
    title, tags, about, body,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- For when a codelab was used last.
CREATE INDEX workshop_codelabs_by_codelab ON workshop_codelabs (codelab_id);

-- A codelab as the library lists it: with what its newest revision says.
CREATE VIEW codelab_summaries AS
SELECT codelabs.id, codelabs.authored_id, codelabs.revision, codelabs.title_key,
       codelabs.created_at_ms, codelabs.updated_at_ms,
       codelabs.archived_at_ms, codelabs.deleted_at_ms,
       CASE WHEN codelabs.deleted_at_ms IS NOT NULL THEN 'removed'
            WHEN codelabs.archived_at_ms IS NOT NULL THEN 'archived'
            ELSE 'active' END AS shelf,
       revisions.title, revisions.summary, revisions.authors, revisions.language,
       revisions.feedback_link, revisions.categories, revisions.tags, revisions.cover_sha256,
       (SELECT COUNT(*) FROM revision_steps AS step
        WHERE step.codelab_id = codelabs.id AND step.revision = codelabs.revision) AS steps,
       (SELECT COALESCE(SUM(step.minutes), 0) FROM revision_steps AS step
        WHERE step.codelab_id = codelabs.id AND step.revision = codelabs.revision) AS minutes,
       (SELECT MAX(workshops.started_at_ms)
        FROM workshop_codelabs AS used
        JOIN workshops ON workshops.id = used.workshop_id
        WHERE used.codelab_id = codelabs.id) AS used_at_ms
FROM codelabs
JOIN revisions ON revisions.codelab_id = codelabs.id AND revisions.number = codelabs.revision;
