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
