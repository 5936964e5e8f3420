-- What it takes to complete a codelab beside all steps, by names: ["quiz"]. A
-- revision from before this migration asks for nothing.
ALTER TABLE revisions ADD COLUMN required TEXT NOT NULL DEFAULT '[]'
    CHECK (json_type(required) = 'array');
