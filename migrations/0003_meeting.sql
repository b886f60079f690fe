-- What a thematic meeting (sinh hoạt chuyên đề) is about.
ALTER TABLE meeting ADD COLUMN topic TEXT;
-- When it was put to another time; what was due before then is due when it begins.
ALTER TABLE meeting ADD COLUMN moved_at BIGINT;
-- The revision since which answers count: who could come on one day has not said so of another.
ALTER TABLE meeting ADD COLUMN asked_revision BIGINT NOT NULL DEFAULT 1;
-- The revision of the meeting that was answered.
ALTER TABLE attendance_answer ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;

-- How a meeting came to be another than its rule made it: each change stands for ever.
CREATE TABLE meeting_change (
    id BIGINT NOT NULL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    revision BIGINT NOT NULL, -- the one it led to
    kind TEXT NOT NULL, -- moved | cancelled | rule: a new rule of the branch
    was_at BIGINT NOT NULL, -- when it was to begin before
    was_place TEXT NOT NULL,
    reason TEXT, -- as it was given; none for a new rule
    changed_by BIGINT NOT NULL REFERENCES person (id),
    changed_at BIGINT NOT NULL,
    UNIQUE (meeting_id, revision)
);
