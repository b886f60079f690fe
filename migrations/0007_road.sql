-- What the steps of a case were told when they were taken: the number of the paper, the vote, who
-- introduced. Papers are never kept here, nor what they say. (case_step.evidence, a text, is not
-- written any more.)
CREATE TABLE case_evidence (
    step_id BIGINT NOT NULL PRIMARY KEY REFERENCES case_step (id),
    number TEXT, -- số, ký hiệu
    received_on TEXT, -- of a decision, where limits run from its receipt
    reason TEXT, -- domain::road::Reason
    consent TEXT, -- number of the superior committee's consent
    members BIGINT, -- everybody who had a vote
    excused BIGINT, -- of them, who does not count
    in_favour BIGINT
);

-- Mentors and introducers named in a step, as they were on its day.
CREATE TABLE case_fellow (
    step_id BIGINT NOT NULL REFERENCES case_step (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    official BOOLEAN NOT NULL, -- official member of the branch
    months BIGINT NOT NULL, -- of work together with the candidate
    PRIMARY KEY (step_id, person_id)
);

-- Whether a paper of the dossier is there and where it is kept. The newest row of a paper counts.
CREATE TABLE case_paper (
    id BIGINT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    paper TEXT NOT NULL, -- domain::road::Paper
    kept TEXT, -- domain::road::Place; NULL: it is not there
    noted_on TEXT NOT NULL,
    noted_by BIGINT REFERENCES person (id)
);
CREATE INDEX case_paper_case ON case_paper (case_id);

-- The alerts before a limit of a case ends, each planned once and sent once.
CREATE TABLE case_alert (
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    kind TEXT NOT NULL, -- domain::road::DeadlineKind
    ends_on TEXT NOT NULL,
    days BIGINT NOT NULL, -- before that day
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL, -- planned | fired | skipped | dropped
    done_at BIGINT,
    PRIMARY KEY (case_id, kind, ends_on, days)
);
CREATE INDEX case_alert_due ON case_alert (due_at) WHERE state = 'planned';
