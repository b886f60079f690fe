-- What a committee lets its branches know (thông báo): it goes to every member placed in the chosen
-- branches on the day it is sent, and each says that they have read it.

-- A notice being written; sending it moves it into notice.
CREATE TABLE notice_draft (
    writer_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    body TEXT NOT NULL,
    units TEXT NOT NULL, -- ids of the chosen branches, JSON array
    changed_at BIGINT NOT NULL
);

CREATE TABLE notice (
    id BIGINT NOT NULL PRIMARY KEY,
    sender_id BIGINT NOT NULL REFERENCES person (id),
    unit_id BIGINT NOT NULL REFERENCES unit (id), -- the committee that speaks
    body TEXT NOT NULL, -- empty once it was kept long enough
    sent_at BIGINT NOT NULL,
    remind_at BIGINT, -- when those who have not read it are reminded
    reminder TEXT NOT NULL, -- none | planned | fired | dropped
    reminded_at BIGINT -- when the reminder was fired or dropped
);
CREATE INDEX notice_sent ON notice (sent_at);
CREATE INDEX notice_remind ON notice (remind_at) WHERE reminder = 'planned';

-- The branches a notice went to. The counts are of recipients whose rows were forgotten.
CREATE TABLE notice_unit (
    notice_id BIGINT NOT NULL REFERENCES notice (id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    recipients BIGINT NOT NULL,
    arrived BIGINT NOT NULL,
    have_read BIGINT NOT NULL,
    unreachable BIGINT NOT NULL,
    PRIMARY KEY (notice_id, unit_id)
);

-- Who it was meant for: the proof that it was sent, and that it was read.
CREATE TABLE notice_recipient (
    notice_id BIGINT NOT NULL REFERENCES notice (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    outbox_id BIGINT NOT NULL,
    reminder_id BIGINT, -- the outbox row of the reminder
    read_at BIGINT,
    PRIMARY KEY (notice_id, person_id)
);
