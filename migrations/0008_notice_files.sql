-- The file that goes with a notice of a committee. It is kept from the moment its sender's page hands
-- it over: first until it is decided on, then with the draft, then with the notice.
CREATE TABLE notice_file (
    id BIGINT NOT NULL PRIMARY KEY,
    sender_id BIGINT NOT NULL REFERENCES person (id),
    form_key TEXT NOT NULL UNIQUE, -- a form that is sent again brings no second file
    state TEXT NOT NULL, -- arrived | draft | sent
    notice_id BIGINT UNIQUE REFERENCES notice (id), -- set once it was sent
    name TEXT NOT NULL,
    size BIGINT NOT NULL, -- bytes
    content TEXT NOT NULL, -- base64
    arrived_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX notice_file_draft ON notice_file (sender_id) WHERE state = 'draft';
CREATE INDEX notice_file_arrived ON notice_file (arrived_at) WHERE state = 'arrived';
