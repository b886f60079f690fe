-- What a message showed that is confirmed under it: only that is done. And what came of the confirmation, so that
-- the second of two taps is told. Messages of versions before have no row: they are shown once more instead.
CREATE TABLE preview (
    outbox_id BIGINT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL, -- a digest of what was shown
    shown_at BIGINT NOT NULL,
    done_at BIGINT, -- NULL: it was not confirmed
    done_by BIGINT REFERENCES person (id),
    answer_id BIGINT -- the outbox row that said so
);
CREATE INDEX preview_shown ON preview (shown_at);
CREATE INDEX preview_done ON preview (version) WHERE done_at IS NOT NULL;
CREATE INDEX preview_done_by ON preview (done_by) WHERE done_by IS NOT NULL;
