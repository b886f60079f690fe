-- What the branch's secretary or deputy said of a report: each verdict stands for ever, the newest
-- counts until the report is sent anew.
CREATE TABLE report_review (
    id BIGINT NOT NULL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    mentor_id BIGINT NOT NULL REFERENCES person (id),
    reviewer_id BIGINT NOT NULL REFERENCES person (id),
    verdict TEXT NOT NULL, -- accepted | returned
    reason TEXT, -- of a return
    due_at BIGINT, -- until when a returned report is expected again
    reviewed_at BIGINT NOT NULL
);
CREATE INDEX report_review_slot ON report_review (meeting_id, case_id, mentor_id);
