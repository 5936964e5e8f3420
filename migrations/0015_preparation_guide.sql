-- What readers prepare before the first step. It is no step: it has no place, no
-- minutes and no progress. Both absent: the text has none, or the revision was saved
-- before this migration; then the text alone has it.
ALTER TABLE revisions ADD COLUMN guide_markdown TEXT;
ALTER TABLE revisions ADD COLUMN guide_sha256 BLOB REFERENCES contents (sha256);
