-- A facilitator's seat is reached by a facilitator's token alone, which goes when their access is
-- taken away. Tokens and resume codes of such seats, as they were given before, outlived it.
DELETE FROM seat_tokens WHERE EXISTS (
    SELECT 1 FROM seats
    WHERE seats.workshop_id = seat_tokens.workshop_id AND seats.id = seat_tokens.seat_id
        AND seats.facilitator_id IS NOT NULL
);
DELETE FROM resume_codes WHERE EXISTS (
    SELECT 1 FROM seats
    WHERE seats.workshop_id = resume_codes.workshop_id AND seats.id = resume_codes.seat_id
        AND seats.facilitator_id IS NOT NULL
);

CREATE TRIGGER seat_tokens_are_for_attendees BEFORE INSERT ON seat_tokens
WHEN EXISTS (
    SELECT 1 FROM seats
    WHERE workshop_id = NEW.workshop_id AND id = NEW.seat_id AND facilitator_id IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'a facilitator''s seat has no token of its own');
END;

CREATE TRIGGER resume_codes_are_for_attendees BEFORE INSERT ON resume_codes
WHEN EXISTS (
    SELECT 1 FROM seats
    WHERE workshop_id = NEW.workshop_id AND id = NEW.seat_id AND facilitator_id IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'a facilitator''s seat has no resume code of its own');
END;

-- A code that a facilitator made for an attendee opens that attendee's seat to whoever knows it.
-- Absent: whoever has the seat made it, or it is older than this column.
ALTER TABLE resume_codes ADD COLUMN made_by INTEGER REFERENCES facilitators (id);

-- The same for a token that was given for such a code.
ALTER TABLE seat_tokens ADD COLUMN vouched_by INTEGER REFERENCES facilitators (id);

-- With such a code a facilitator becomes the same facilitator in a second browser, once. One per
-- facilitator: a new one replaces the old.
CREATE TABLE facilitator_resume_codes (
    facilitator_id INTEGER NOT NULL PRIMARY KEY REFERENCES facilitators (id),
    code_sha256    BLOB    NOT NULL UNIQUE CHECK (length(code_sha256) = 32),
    -- Where the second browser begins. Follows from the log, and may be projected again: no
    -- reference.
    workshop_id    INTEGER NOT NULL,
    created_at_ms  INTEGER NOT NULL,
    expires_at_ms  INTEGER NOT NULL
) STRICT;

-- An upload ends with the access of whoever began it. Absent: older than this column.
ALTER TABLE uploads ADD COLUMN begun_by INTEGER REFERENCES facilitators (id);
