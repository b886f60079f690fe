-- The working sheet of a meeting: what its secretary or deputy writes down while it is held. It
-- grows row by row, so it can be left at any point and continued by the other on another channel.
CREATE TABLE meeting_sheet (
    meeting_id BIGINT NOT NULL PRIMARY KEY REFERENCES meeting (id),
    opened_at BIGINT NOT NULL,
    chair_id BIGINT NOT NULL REFERENCES person (id),
    taker_id BIGINT REFERENCES person (id), -- who takes the minutes; NULL: not chosen yet
    called_at BIGINT, -- when the roll was saved last; NULL: not yet
    score BIGINT, -- the branch's own, 0 to 100
    closed_at BIGINT,
    closed_by BIGINT REFERENCES person (id)
);

-- Who was there. Until the roll is saved only those stand here whose mark was changed by hand.
CREATE TABLE roll_mark (
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    presence TEXT NOT NULL, -- present | excused | unexcused
    reason TEXT, -- of an excused absence, as the member gave it
    official BOOLEAN NOT NULL, -- an official member that day, and so a voter
    PRIMARY KEY (meeting_id, person_id)
);

-- What the meeting said of a candidate, and how it voted on what was proposed.
CREATE TABLE case_conclusion (
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    conclusion TEXT,
    recommendation TEXT, -- domain::report::Recommendation; what the votes are about
    in_favour BIGINT, -- the three are set together, or none
    against BIGINT,
    otherwise BIGINT,
    PRIMARY KEY (meeting_id, case_id)
);

-- What the meeting gave somebody to do. It counts from the meeting's closing on.
CREATE TABLE duty (
    id BIGINT NOT NULL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    what TEXT NOT NULL,
    due_on TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    done_at BIGINT,
    done_by BIGINT REFERENCES person (id)
);
CREATE INDEX duty_meeting ON duty (meeting_id);
CREATE INDEX duty_person ON duty (person_id) WHERE done_at IS NULL;

-- Numbers of papers. They run per branch and kind from the beginning of a term, and are never
-- given twice.
CREATE TABLE paper_number (
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL, -- minutes | resolution
    term TEXT NOT NULL, -- the term's first day; empty: before the term that is set, or none is set
    number BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    given_at BIGINT NOT NULL,
    PRIMARY KEY (unit_id, kind, term, number),
    UNIQUE (meeting_id, kind)
);

-- The committee's monthly overview: planned like any other reminder, and sent once.
CREATE TABLE digest (
    unit_id BIGINT NOT NULL REFERENCES unit (id), -- the committee it is for
    period TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL, -- planned | fired | dropped
    done_at BIGINT,
    PRIMARY KEY (unit_id, period)
);
CREATE INDEX digest_due ON digest (due_at) WHERE state = 'planned';
