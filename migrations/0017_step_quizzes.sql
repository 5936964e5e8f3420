-- Quizzes of a revision's steps, with what is right, so that a workshop can grade
-- answers without reading the Markdown again. They enter the log with the agenda.
CREATE TABLE step_quizzes (
    codelab_id INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    -- The step, by its place in the revision.
    position   INTEGER NOT NULL,
    -- The quiz's place in the step.
    number     INTEGER NOT NULL CHECK (number >= 1),
    -- In the form that the log keeps of it.
    quiz       TEXT    NOT NULL CHECK (json_type(quiz) = 'object'),
    PRIMARY KEY (codelab_id, revision, position, number),
    FOREIGN KEY (codelab_id, revision, position)
        REFERENCES revision_steps (codelab_id, revision, position)
) STRICT, WITHOUT ROWID;
