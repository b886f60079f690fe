-- How somebody came to where they are placed and how they left it; NULL: not told. Words of the forms on members.
ALTER TABLE placement ADD COLUMN came TEXT; -- within | outside | restored
ALTER TABLE placement ADD COLUMN came_from TEXT; -- as typed
ALTER TABLE placement ADD COLUMN left_how TEXT; -- within | outside | died | expelled | struck_off | withdrew
ALTER TABLE placement ADD COLUMN left_to TEXT; -- as typed

-- Numbers may come from a list that the administrator took in, who is no person.
CREATE TABLE paper_start_anew (
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL, -- minutes | resolution
    term TEXT NOT NULL, -- as in paper_number
    number BIGINT NOT NULL, -- of the next paper
    set_by BIGINT REFERENCES person (id),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (unit_id, kind, term)
);
INSERT INTO paper_start_anew (unit_id, kind, term, number, set_by, set_at)
    SELECT unit_id, kind, term, number, set_by, set_at FROM paper_start;
DROP TABLE paper_start;
ALTER TABLE paper_start_anew RENAME TO paper_start;

-- The rows that a list brought or changed, so that it can be taken back while nobody went on from them.
CREATE TABLE list_import_row (
    import_id BIGINT NOT NULL REFERENCES list_import (id),
    what TEXT NOT NULL, -- store::undoing::What
    row_id BIGINT NOT NULL,
    was TEXT, -- what stood there, where something was changed
    PRIMARY KEY (import_id, what, row_id)
);
ALTER TABLE list_import ADD COLUMN undone_at BIGINT;
ALTER TABLE list_import ADD COLUMN undone_by BIGINT REFERENCES person (id);

-- What a unit was called and below which it stood, from when to when; rows of before: not known.
CREATE TABLE unit_period (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    parent_id BIGINT REFERENCES unit (id),
    name TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT REFERENCES person (id)
);
CREATE INDEX unit_period_unit ON unit_period (unit_id);
-- The first day without the unit; what it did stays, and it is in no list of what there is.
ALTER TABLE unit ADD COLUMN ended_on TEXT;
-- The unit that went on with its people; NULL: none, or it goes on itself.
ALTER TABLE unit ADD COLUMN merged_into BIGINT REFERENCES unit (id);
