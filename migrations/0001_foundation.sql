-- One portable text for SQLite and PostgreSQL: TEXT, BIGINT, BOOLEAN, DOUBLE PRECISION only.
-- Instants are epoch milliseconds (…_at), dates are YYYY-MM-DD (…_on), months are YYYY-MM (period).
-- Periods are half-open: from_on is the first day, to_on the first day after; NULL is "still".
-- Never edited after a release; what comes later adds tables, indexes and columns.

-- Facts about this installation: 'demo' = 'true' marks a database with invented people, the only
-- kind on which the person switch and a chosen clock work.
CREATE TABLE installation (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Ids are handed out in blocks, so that they owe nothing to clock or chance.
CREATE TABLE id_block (
    name TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO id_block (name, next) VALUES ('id', 1000);

-- A committee (Đảng ủy) or a branch (chi bộ) below it.
CREATE TABLE unit (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    parent_id BIGINT REFERENCES unit (id),
    kind TEXT NOT NULL, -- committee | branch
    name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- the name folded: no marks, lower case
    illustrative BOOLEAN NOT NULL -- invented for the demo, not named by the source article
);

-- Everyone the organisation knows, member or not.
CREATE TABLE person (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE, -- NS-001
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    born_on TEXT,
    language TEXT -- NULL: the organisation's
);

-- Where a person works: exactly one branch's unit at a time.
CREATE TABLE placement (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    label TEXT, -- the department inside the agency, only a label
    from_on TEXT NOT NULL,
    to_on TEXT
);
CREATE INDEX placement_person ON placement (person_id);
CREATE INDEX placement_unit ON placement (unit_id);

-- What a person is: non_member (quần chúng), probationary (dự bị), official (chính thức).
CREATE TABLE standing (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    status TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT
);
CREATE INDEX standing_person ON standing (person_id);

-- Who holds which office in which unit: secretary, deputy, committee, office, union.
CREATE TABLE office (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    from_on TEXT NOT NULL,
    to_on TEXT
);
CREATE INDEX office_person ON office (person_id);
CREATE INDEX office_unit ON office (unit_id);

-- A person on the road to membership, in the unit that decides the case.
CREATE TABLE candidate_case (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE, -- QC-014
    person_id BIGINT NOT NULL REFERENCES person (id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    opened_on TEXT NOT NULL
);
CREATE INDEX candidate_case_person ON candidate_case (person_id);
CREATE INDEX candidate_case_unit ON candidate_case (unit_id);

-- What happened on the road, append-only; a correction is a row that reverses another.
CREATE TABLE case_step (
    id BIGINT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    step TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    evidence TEXT, -- number and place of the paper, never its content
    reverses_id BIGINT REFERENCES case_step (id),
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT REFERENCES person (id)
);
CREATE INDEX case_step_case ON case_step (case_id);
CREATE INDEX case_step_step ON case_step (step, happened_on);

-- Who guides whom, under which resolution.
CREATE TABLE mentorship (
    id BIGINT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    resolution TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT
);
CREATE INDEX mentorship_case ON mentorship (case_id);
CREATE INDEX mentorship_person ON mentorship (person_id);

-- An account on a channel that speaks for a person. Many per person; never the holder of a duty.
CREATE TABLE account (
    id BIGINT NOT NULL PRIMARY KEY,
    bot TEXT NOT NULL,
    external_id TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    chat TEXT NOT NULL, -- the private chat to write to
    reachable BOOLEAN NOT NULL, -- false: blocked or deleted, as the platform told
    bound_at BIGINT NOT NULL,
    UNIQUE (bot, external_id)
);
CREATE INDEX account_person ON account (person_id);

-- A one-time code: binds an account to a person, or a group chat to a branch.
CREATE TABLE invitation (
    id BIGINT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE, -- HMAC of the code; the code itself is never kept
    person_id BIGINT REFERENCES person (id),
    unit_id BIGINT REFERENCES unit (id), -- set instead of the person: for the branch's group
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

-- Wrong codes, counted per account and for the whole installation.
CREATE TABLE bind_failure (
    id BIGINT NOT NULL PRIMARY KEY,
    bot TEXT NOT NULL,
    external_id TEXT NOT NULL,
    failed_at BIGINT NOT NULL
);
CREATE INDEX bind_failure_at ON bind_failure (failed_at);

-- The group chat of a branch.
CREATE TABLE group_chat (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    bot TEXT NOT NULL,
    chat TEXT NOT NULL,
    bound_by BIGINT NOT NULL REFERENCES person (id),
    bound_at BIGINT NOT NULL,
    unbound_at BIGINT
);
CREATE UNIQUE INDEX group_chat_unit ON group_chat (unit_id) WHERE unbound_at IS NULL;
CREATE UNIQUE INDEX group_chat_chat ON group_chat (bot, chat) WHERE unbound_at IS NULL;

-- When a branch meets: a rule in the words of domain::recurrence.
CREATE TABLE meeting_rule (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    rule TEXT NOT NULL,
    at_time TEXT NOT NULL, -- HH:MM
    place TEXT NOT NULL,
    day_off_policy TEXT NOT NULL, -- next | previous | keep
    from_on TEXT NOT NULL,
    to_on TEXT
);
CREATE INDEX meeting_rule_unit ON meeting_rule (unit_id);

-- A meeting of a branch. Moving it raises the revision.
CREATE TABLE meeting (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL, -- regular | thematic
    period TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    place TEXT NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL -- planned | closed | cancelled
);
CREATE UNIQUE INDEX meeting_regular ON meeting (unit_id, period) WHERE kind = 'regular';
CREATE INDEX meeting_starts ON meeting (starts_at);

-- What a member answered to a meeting's reminder.
CREATE TABLE attendance_answer (
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL, -- coming | excused
    reason TEXT,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (meeting_id, person_id)
);

-- The monthly report of one mentor on one candidate, for one meeting, as it was sent. What is owed,
-- overdue or not yet due is computed, not stored.
CREATE TABLE report (
    id BIGINT NOT NULL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    mentor_id BIGINT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL, -- submitted | returned | accepted
    politics TEXT NOT NULL, -- tot | kha | trung_binh | yeu, as are the next four
    ethics TEXT NOT NULL,
    work TEXT NOT NULL,
    discipline TEXT NOT NULL,
    masses TEXT NOT NULL,
    strengths TEXT,
    weaknesses TEXT,
    recommendation TEXT NOT NULL,
    submitted_at BIGINT NOT NULL, -- the first time
    changed_at BIGINT NOT NULL,
    UNIQUE (meeting_id, case_id, mentor_id)
);
CREATE INDEX report_case ON report (case_id);

-- A report being written, or rewritten after it was sent. Sending it moves it into report.
CREATE TABLE report_draft (
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    case_id BIGINT NOT NULL REFERENCES candidate_case (id),
    mentor_id BIGINT NOT NULL REFERENCES person (id),
    body TEXT NOT NULL, -- domain::report::Draft
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (meeting_id, case_id, mentor_id)
);

-- Every step that falls due around a meeting, with its instant, so that December can be read in
-- November. A step fires once.
CREATE TABLE planned_step (
    id BIGINT NOT NULL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL, -- meeting | report
    step TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL, -- planned | fired | skipped | dropped | cancelled
    done_at BIGINT,
    UNIQUE (meeting_id, revision, kind, step)
);
CREATE INDEX planned_step_due ON planned_step (due_at) WHERE state = 'planned';

-- What people and platforms sent us. A row is committed before the platform is told so.
CREATE TABLE inbox (
    id BIGINT NOT NULL PRIMARY KEY,
    bot TEXT NOT NULL,
    external_id TEXT NOT NULL,
    body TEXT NOT NULL, -- message::Incoming
    state TEXT NOT NULL, -- waiting | done | dead
    attempts BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    done_at BIGINT,
    fault TEXT, -- the reference code told to the sender of a dead row
    UNIQUE (bot, external_id)
);
CREATE INDEX inbox_waiting ON inbox (received_at, id) WHERE state = 'waiting';

-- Where a person stands in a dialogue in one chat, and which options the last question offered.
CREATE TABLE session (
    bot TEXT NOT NULL,
    chat TEXT NOT NULL,
    sender TEXT NOT NULL,
    feature TEXT, -- NULL: no dialogue is open, there are only options
    position TEXT, -- versioned JSON of the feature
    question_id BIGINT, -- the outbox row that asked
    options TEXT NOT NULL, -- ids of the question's buttons in order, JSON array
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (bot, chat, sender)
);

-- What a tapped button means, for whom and until when. Only the id travels.
CREATE TABLE button (
    id BIGINT NOT NULL PRIMARY KEY,
    outbox_id BIGINT NOT NULL,
    person_id BIGINT, -- NULL: any member of the unit below may tap
    unit_id BIGINT,
    tap TEXT NOT NULL, -- taps::Tap
    label TEXT NOT NULL, -- message::Phrase, so that the label typed is the button tapped
    prompt_code BIGINT, -- the number typed after the word where there are no buttons
    expires_at BIGINT NOT NULL
);
CREATE INDEX button_expires ON button (expires_at);
CREATE INDEX button_prompt ON button (person_id, prompt_code) WHERE prompt_code IS NOT NULL;

-- Neutral messages on their way to people.
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    lane BIGINT NOT NULL, -- 0 reply, 1 reminder, 2 broadcast
    bot TEXT, -- NULL on a dead row of a person without a reachable account
    chat TEXT,
    person_id BIGINT, -- NULL: a group, or a stranger
    unit_id BIGINT, -- the unit a reminder speaks for: its secretary is told when nobody is reached
    language TEXT NOT NULL,
    body TEXT NOT NULL, -- message::Message
    state TEXT NOT NULL, -- ready | sending | retry | sent | dead | cancelled
    dedupe_key TEXT UNIQUE,
    edits_id BIGINT, -- replaces the text of this earlier row
    fallbacks TEXT NOT NULL, -- persons to try when this one cannot be reached, JSON array
    attempts BIGINT NOT NULL,
    parts_sent BIGINT NOT NULL, -- of a message longer than its channel allows
    repeated BIGINT NOT NULL, -- sends whose outcome was unknown, so that they may have come twice
    created_at BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    expires_at BIGINT,
    done_at BIGINT,
    external_id TEXT,
    outcome TEXT -- why it is dead, or to whom it went instead
);
CREATE INDEX outbox_ready ON outbox (lane, not_before, id) WHERE state = 'ready';
CREATE INDEX outbox_unfinished ON outbox (state) WHERE state IN ('sending', 'retry');

-- Each person or group a step was meant for, and what became of it: the proof.
CREATE TABLE reminder (
    id BIGINT NOT NULL PRIMARY KEY,
    step_id BIGINT NOT NULL REFERENCES planned_step (id),
    person_id BIGINT REFERENCES person (id),
    unit_id BIGINT REFERENCES unit (id),
    outbox_id BIGINT NOT NULL,
    acknowledged_at BIGINT
);
CREATE INDEX reminder_step ON reminder (step_id);
CREATE INDEX reminder_outbox ON reminder (outbox_id);

-- What people did, for ever.
CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    done_at BIGINT NOT NULL,
    person_id BIGINT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject);

-- The web page's own chats: what stands on the screen.
CREATE TABLE web_line (
    id BIGINT NOT NULL PRIMARY KEY,
    chat TEXT NOT NULL,
    line_key TEXT NOT NULL UNIQUE, -- makes a repeated send harmless
    from_person BOOLEAN NOT NULL,
    part TEXT NOT NULL, -- message::Part
    shown_at BIGINT NOT NULL
);
CREATE INDEX web_line_chat ON web_line (chat, id);

-- Who leads: of several processes on one database one handles, plans and sends.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL, -- the process; empty when it gave the lease back
    term BIGINT NOT NULL, -- rises with every change of holder
    beat BIGINT NOT NULL -- rises every few seconds while the holder lives
);
INSERT INTO lease (name, holder, term, beat) VALUES ('leader', '', 0, 0);
