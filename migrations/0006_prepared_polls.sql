-- Polls that a revision's author prepared, so that a room can offer them without
-- reading the Markdown again. A workshop keeps to its revision, and so to these.
CREATE TABLE prepared_polls (
    codelab_id INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    -- The step, by its place in the revision.
    position   INTEGER NOT NULL,
    -- The poll's place in the step.
    number     INTEGER NOT NULL CHECK (number >= 1),
    -- In the form that the log keeps of a poll that was asked.
    form       TEXT    NOT NULL CHECK (json_type(form) = 'object'),
    PRIMARY KEY (codelab_id, revision, position, number),
    FOREIGN KEY (codelab_id, revision, position)
        REFERENCES revision_steps (codelab_id, revision, position)
) STRICT, WITHOUT ROWID;
