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
