-- What the processes know together of their clock: one row.
CREATE TABLE clock_watch (
    name TEXT NOT NULL PRIMARY KEY, -- 'clock'
    alive_at BIGINT, -- the last sign of life by a clock beyond doubt; it stands still during a doubt
    doubted_at BIGINT, -- what the clock showed when the doubt began; NULL: there is none
    leap_ms BIGINT NOT NULL, -- how far it had leapt then, forward or back
    doubts BIGINT NOT NULL -- how many doubts there were
);
INSERT INTO clock_watch (name, leap_ms, doubts) VALUES ('clock', 0, 0);

-- Written by whoever wants to know whether the database takes anything, for no other purpose.
CREATE TABLE probe (
    name TEXT NOT NULL PRIMARY KEY, -- 'probe'
    count BIGINT NOT NULL
);
INSERT INTO probe (name, count) VALUES ('probe', 0);

-- What ended while the clock was wrong is looked for by when that was; of the rest there is no end.
CREATE INDEX planned_step_ended ON planned_step (done_at) WHERE state IN ('skipped', 'dropped');
CREATE INDEX deferred_step_ended ON deferred_step (done_at) WHERE state IN ('skipped', 'dropped');
CREATE INDEX case_alert_ended ON case_alert (done_at) WHERE state IN ('skipped', 'dropped');
CREATE INDEX outbox_expired ON outbox (done_at) WHERE state = 'dead' AND outcome = 'expired';
