-- What a person has chosen for themselves, their language apart.
CREATE TABLE person_setting (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    quiet TEXT NOT NULL, -- usual: the organisation's hours; none; or their own, 22:00-06:00
    account_id BIGINT, -- the account that is written to first; NULL: the newest
    changed_at BIGINT NOT NULL
);

-- A step that comes to one person later than to the others: it fell into their quiet hours, or they
-- asked to be reminded again. Whether it is still wanted is asked anew when it is due.
CREATE TABLE deferred_step (
    id BIGINT NOT NULL PRIMARY KEY,
    step_id BIGINT NOT NULL REFERENCES planned_step (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    cause TEXT NOT NULL, -- quiet | snooze
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL, -- planned | fired | skipped | dropped | cancelled
    done_at BIGINT,
    UNIQUE (step_id, person_id)
);
CREATE INDEX deferred_step_due ON deferred_step (due_at) WHERE state = 'planned';

-- Who was reminded by hand of the reports they owe for a meeting: once a day at most.
CREATE TABLE nudge (
    id BIGINT NOT NULL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    on_day TEXT NOT NULL,
    outbox_id BIGINT NOT NULL,
    nudged_by BIGINT NOT NULL REFERENCES person (id),
    nudged_at BIGINT NOT NULL,
    UNIQUE (meeting_id, person_id, on_day)
);
