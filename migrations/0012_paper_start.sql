-- Where the numbers of a branch's papers go on, if it began in the middle of a term and had papers
-- before. What is given here counts only while it lies above every number given.
CREATE TABLE paper_start (
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL, -- minutes | resolution
    term TEXT NOT NULL, -- as in paper_number
    number BIGINT NOT NULL, -- of the next paper
    set_by BIGINT NOT NULL REFERENCES person (id),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (unit_id, kind, term)
);
