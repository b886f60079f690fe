-- Classes that a committee holds (lớp bồi dưỡng nhận thức về Đảng, lớp bồi dưỡng đảng viên mới), and
-- who was sent to them. A class that will not be held is cancelled, never deleted.
CREATE TABLE study_class (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id), -- the committee that sends
    kind TEXT NOT NULL, -- domain::class::ClassKind
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL, -- still a day of the class
    place TEXT NOT NULL,
    number TEXT NOT NULL, -- of the decision or notice
    opened_at BIGINT NOT NULL,
    opened_by BIGINT REFERENCES person (id), -- NULL: came with the demo
    cancelled_at BIGINT,
    cancelled_by BIGINT REFERENCES person (id),
    cancel_reason TEXT
);
CREATE INDEX study_class_first ON study_class (first_on);

-- Somebody sent to a class. The step on their road is a fact of its own; whoever did not attend or did
-- not pass has it reversed there, and their outcome here. It is settled once.
CREATE TABLE class_seat (
    id BIGINT NOT NULL PRIMARY KEY,
    class_id BIGINT NOT NULL REFERENCES study_class (id),
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    step_id BIGINT NOT NULL UNIQUE REFERENCES case_step (id),
    sent_at BIGINT NOT NULL,
    sent_by BIGINT REFERENCES person (id),
    outcome TEXT, -- domain::class::Outcome; NULL: not known yet
    certificate_number TEXT,
    certified_on TEXT,
    settled_at BIGINT,
    settled_by BIGINT REFERENCES person (id)
);
CREATE INDEX class_seat_class ON class_seat (class_id);

-- What a committee expects of a branch in a year (chỉ tiêu). The newest row of a unit, year and kind
-- counts; the others are its history.
CREATE TABLE unit_target (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    kind TEXT NOT NULL, -- domain::target::TargetKind
    amount BIGINT, -- NULL: withdrawn
    set_at BIGINT NOT NULL,
    set_by BIGINT REFERENCES person (id) -- NULL: came with the demo
);
CREATE INDEX unit_target_year ON unit_target (year);
