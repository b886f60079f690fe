-- What a step changed beside the case, so that a step recorded by mistake can be taken back: rows
-- that it began, and rows that it ended. Steps recorded before this table know nothing of it.
CREATE TABLE case_effect (
    step_id BIGINT NOT NULL REFERENCES case_step (id),
    what TEXT NOT NULL, -- standing | mentorship | placement
    row_id BIGINT NOT NULL,
    began BOOLEAN NOT NULL,
    was_to TEXT, -- to_on of an ended row before the step
    PRIMARY KEY (step_id, what, row_id)
);

-- A case that went from one branch of the organisation to another.
CREATE TABLE case_move (
    step_id BIGINT NOT NULL PRIMARY KEY REFERENCES case_step (id),
    from_id BIGINT NOT NULL REFERENCES unit (id),
    to_id BIGINT NOT NULL REFERENCES unit (id)
);

-- The branch in which a step was taken, set when the case goes on to another; NULL: the case's own.
-- An admission counts for its branch for ever.
ALTER TABLE case_step ADD COLUMN unit_id BIGINT REFERENCES unit (id);
