-- Who uploaded a picture for a message. Knowing a hash is no right: until it is
-- said, a picture is for the seat that uploaded it, and nobody else may say it.
-- No projection, so it refers to no table that is one.
CREATE TABLE uploaded_pictures (
    workshop_id INTEGER NOT NULL,
    seat_id     INTEGER NOT NULL,
    file_sha256 BLOB    NOT NULL CHECK (length(file_sha256) = 32),
    PRIMARY KEY (workshop_id, seat_id, file_sha256)
) STRICT, WITHOUT ROWID;

-- Whether a workshop shows a step or an image is asked by its hash.
CREATE INDEX revision_steps_by_content ON revision_steps (content_sha256);
CREATE INDEX revisions_by_guide ON revisions (guide_sha256) WHERE guide_sha256 IS NOT NULL;
CREATE INDEX revision_files_by_file ON revision_files (file_sha256);
CREATE INDEX shown_images_by_shown ON shown_images (shown_sha256);
