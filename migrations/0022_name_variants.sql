-- The keys under which a name is looked for in what people type: in full, pairs of its words, their first
-- letters, and the given name alone. Kept wherever a name is written, and made anew when the version of
-- the keys in `installation` is another (`folding`).
CREATE TABLE name_variant (
    key TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    PRIMARY KEY (key, person_id)
);
CREATE INDEX name_variant_person ON name_variant (person_id);

-- What a person was told once of how they write, and is not told again.
CREATE TABLE advice (
    person_id BIGINT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL, -- given_name
    given_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind)
);
