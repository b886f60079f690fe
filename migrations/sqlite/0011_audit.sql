-- From where something was done, about what, before and after; and that nothing of it is ever
-- changed. The text for PostgreSQL stands in migrations/postgres: triggers have no common one.

-- The name of the channel's bot, or command: the command line. Empty: before this was written down.
ALTER TABLE audit ADD COLUMN channel TEXT NOT NULL DEFAULT '';
-- The unit it concerns, as of that day: the committees above it may read the row. NULL: the whole.
ALTER TABLE audit ADD COLUMN unit_id BIGINT;
ALTER TABLE audit ADD COLUMN meeting_id BIGINT;
-- domain::audit::Facts, as JSON: codes, dates, numbers, states.
ALTER TABLE audit ADD COLUMN was TEXT;
ALTER TABLE audit ADD COLUMN became TEXT;
-- The day of a reading: each person, subject and day has one row, however often they look.
ALTER TABLE audit ADD COLUMN read_on TEXT;
-- When was, became and detail were blanked at the demand of the person they were about.
ALTER TABLE audit ADD COLUMN erased_at BIGINT;

-- (detail is not written any more.)
UPDATE audit SET became = detail WHERE detail NOT IN ('', 'null');
UPDATE audit SET detail = '';

CREATE INDEX audit_done ON audit (done_at, id);
CREATE INDEX audit_person ON audit (person_id);
CREATE UNIQUE INDEX audit_reading ON audit
    ((COALESCE(person_id, 0)), action, subject, (COALESCE(meeting_id, 0)), read_on)
    WHERE read_on IS NOT NULL;

-- Whose name, dates and words were erased at their demand, when and why. What the law asks to be kept
-- stays: the code, the history of states, and counts.
CREATE TABLE erasure (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    reason TEXT NOT NULL, -- as the administrator gave it, without the name
    erased_at BIGINT NOT NULL
);

-- A row stands for ever. Only its circumstances can be blanked, once, and only wholly.
CREATE TRIGGER audit_stands BEFORE UPDATE ON audit
WHEN NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
    AND NEW.was IS NULL AND NEW.became IS NULL AND NEW.detail = ''
    AND NEW.id = OLD.id AND NEW.done_at = OLD.done_at AND NEW.person_id IS OLD.person_id
    AND NEW.action = OLD.action AND NEW.subject = OLD.subject AND NEW.channel = OLD.channel
    AND NEW.unit_id IS OLD.unit_id AND NEW.meeting_id IS OLD.meeting_id
    AND NEW.read_on IS OLD.read_on)
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
