-- Polls that stand in a revision's preparation guide. The guide is no step, so it has
-- no place among the steps and cannot keep its polls with theirs.
CREATE TABLE guide_polls (
    codelab_id INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    -- The poll's place in the guide.
    number     INTEGER NOT NULL CHECK (number >= 1),
    -- In the form that the log keeps of a poll that was asked.
    form       TEXT    NOT NULL CHECK (json_type(form) = 'object'),
    PRIMARY KEY (codelab_id, revision, number),
    FOREIGN KEY (codelab_id, revision) REFERENCES revisions (codelab_id, number)
) STRICT, WITHOUT ROWID;
