-- What whoever leads a branch proposed to change about its people, and what the committee or its office decided.
CREATE TABLE staff_proposal (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id), -- whose leader proposed it
    person_id BIGINT REFERENCES person (id), -- NULL: somebody new
    proposed TEXT NOT NULL, -- domain::personnel::Proposed as JSON; empty where the person was erased
    proposed_by BIGINT NOT NULL REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    decided_by BIGINT REFERENCES person (id), -- NULL: nobody yet, or the administrator
    decided_at BIGINT, -- NULL: it waits
    accepted BOOLEAN
);
CREATE INDEX staff_proposal_waiting ON staff_proposal (proposed_at) WHERE decided_at IS NULL;
CREATE INDEX staff_proposal_person ON staff_proposal (person_id);
