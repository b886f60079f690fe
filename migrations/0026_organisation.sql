-- The numbers of codes that people are known by (NS-001, QC-001): each is given once, whatever became of whoever
-- had it.
CREATE TABLE code_number (
    kind TEXT NOT NULL PRIMARY KEY, -- person | case
    next BIGINT NOT NULL
);
INSERT INTO code_number (kind, next)
    SELECT 'person', COALESCE(MAX(CAST(substr(code, 4) AS BIGINT)), 0) + 1 FROM person WHERE code LIKE 'NS-%';
INSERT INTO code_number (kind, next)
    SELECT 'case', COALESCE(MAX(CAST(substr(code, 4) AS BIGINT)), 0) + 1 FROM candidate_case WHERE code LIKE 'QC-%';

-- When a row was put down, and by whom; NULL: by a version that did not say.
ALTER TABLE placement ADD COLUMN recorded_at BIGINT;
ALTER TABLE placement ADD COLUMN recorded_by BIGINT REFERENCES person (id);
ALTER TABLE standing ADD COLUMN recorded_at BIGINT;
ALTER TABLE standing ADD COLUMN recorded_by BIGINT REFERENCES person (id);
ALTER TABLE office ADD COLUMN recorded_at BIGINT;
ALTER TABLE office ADD COLUMN recorded_by BIGINT REFERENCES person (id);
ALTER TABLE mentorship ADD COLUMN recorded_at BIGINT;
ALTER TABLE mentorship ADD COLUMN recorded_by BIGINT REFERENCES person (id);

-- What is kept of a person beside name, birth day and what they are to the Party, for as long as it was so.
CREATE TABLE person_fact (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT REFERENCES person (id)
);
CREATE INDEX person_fact_person ON person_fact (person_id, kind);

-- Lists that were taken in, each with the digest of its files and what came of it in numbers.
CREATE TABLE list_import (
    id BIGINT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    counts TEXT NOT NULL,
    done_at BIGINT NOT NULL,
    done_by BIGINT REFERENCES person (id)
);

-- What the columns of a list mean, by its headings: known when the same list comes again.
CREATE TABLE list_mapping (
    signature TEXT NOT NULL PRIMARY KEY,
    columns TEXT NOT NULL,
    used_at BIGINT NOT NULL
);
