-- What follows from the events, in the shape that questions are asked in. Written
-- in the transaction that appends the events; projecting the log again gives the
-- same rows. Ids of codelabs and steps refer to the library without a foreign
-- key: a workshop remembers what it worked through whatever becomes of the library.

CREATE TABLE workshops (
    id            INTEGER NOT NULL PRIMARY KEY,
    title         TEXT    NOT NULL,
    join_code     TEXT    NOT NULL,
    code_required INTEGER NOT NULL CHECK (code_required IN (0, 1)),
    started_at_ms INTEGER NOT NULL,
    -- Absent while it is live.
    ended_at_ms   INTEGER,
    -- The newest event that was projected.
    last_seq      INTEGER NOT NULL,
    -- Counted here, because the history lists them for every workshop.
    attendees     INTEGER NOT NULL DEFAULT 0,
    messages      INTEGER NOT NULL DEFAULT 0,
    help_requests INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX workshops_by_start ON workshops (started_at_ms, id);

-- Who types a code must end up in one workshop.
CREATE UNIQUE INDEX workshops_live_join_code ON workshops (join_code) WHERE ended_at_ms IS NULL;

CREATE TABLE workshop_codelabs (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    position    INTEGER NOT NULL CHECK (position >= 1),
    codelab_id  INTEGER NOT NULL,
    -- As it was when the workshop started.
    revision    INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    PRIMARY KEY (workshop_id, position),
    UNIQUE (workshop_id, codelab_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE seats (
    workshop_id     INTEGER NOT NULL REFERENCES workshops (id),
    id              INTEGER NOT NULL CHECK (id >= 1),
    -- Absent: an attendee.
    facilitator_id  INTEGER,
    name            TEXT    NOT NULL,
    -- Tells people of the same name apart.
    ordinal         INTEGER NOT NULL,
    joined_at_ms    INTEGER NOT NULL,
    -- Absent: has not entered a step yet.
    last_codelab_id INTEGER,
    PRIMARY KEY (workshop_id, id)
) STRICT, WITHOUT ROWID;

-- Where a seat is in a codelab it has entered.
CREATE TABLE seat_progress (
    workshop_id     INTEGER NOT NULL,
    seat_id         INTEGER NOT NULL,
    codelab_id      INTEGER NOT NULL,
    current_step_id INTEGER NOT NULL,
    entered_at_ms   INTEGER NOT NULL,
    PRIMARY KEY (workshop_id, seat_id, codelab_id),
    FOREIGN KEY (workshop_id, seat_id) REFERENCES seats (workshop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE completed_steps (
    workshop_id     INTEGER NOT NULL,
    seat_id         INTEGER NOT NULL,
    codelab_id      INTEGER NOT NULL,
    step_id         INTEGER NOT NULL,
    completed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (workshop_id, seat_id, codelab_id, step_id),
    FOREIGN KEY (workshop_id, seat_id) REFERENCES seats (workshop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    workshop_id INTEGER NOT NULL,
    id          INTEGER NOT NULL CHECK (id >= 1),
    kind        TEXT    NOT NULL CHECK (kind IN ('chat', 'announcement')),
    seat_id     INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    at_ms       INTEGER NOT NULL,
    PRIMARY KEY (workshop_id, id),
    FOREIGN KEY (workshop_id, seat_id) REFERENCES seats (workshop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE help_requests (
    workshop_id   INTEGER NOT NULL,
    id            INTEGER NOT NULL CHECK (id >= 1),
    seat_id       INTEGER NOT NULL,
    -- Both absent: raised from no step in particular.
    codelab_id    INTEGER,
    step_id       INTEGER,
    -- Absent: nothing was said.
    message       TEXT,
    raised_at_ms  INTEGER NOT NULL,
    status        TEXT    NOT NULL CHECK (status IN ('open', 'claimed', 'resolved', 'withdrawn')),
    -- Absent: nobody took it on.
    claimed_by    INTEGER,
    claimed_at_ms INTEGER,
    -- The facilitator who resolved it or the seat that withdrew it; absent: still waiting.
    closed_by     INTEGER,
    closed_at_ms  INTEGER,
    PRIMARY KEY (workshop_id, id),
    FOREIGN KEY (workshop_id, seat_id) REFERENCES seats (workshop_id, id),
    FOREIGN KEY (workshop_id, claimed_by) REFERENCES seats (workshop_id, id),
    FOREIGN KEY (workshop_id, closed_by) REFERENCES seats (workshop_id, id),
    CHECK ((codelab_id IS NULL) = (step_id IS NULL)),
    CHECK ((claimed_by IS NULL) = (claimed_at_ms IS NULL)),
    CHECK ((closed_by IS NULL) = (closed_at_ms IS NULL)),
    CHECK ((closed_by IS NULL) = (status IN ('open', 'claimed')))
) STRICT, WITHOUT ROWID;
