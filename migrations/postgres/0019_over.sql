-- Whose day is over is not counted, and no name that somebody typed stands for ever. The text for SQLite
-- stands in migrations/sqlite: triggers have no common one.

-- Who died or went elsewhere is placed nowhere from that day on. So it is for steps recorded before this, and
-- each row that ends is noted, so that taking the step back opens it again.
INSERT INTO case_effect (step_id, what, row_id, began, was_to)
    SELECT k.id, 'placement', l.id, FALSE, l.to_on
    FROM case_step k JOIN candidate_case c ON c.id = k.case_id
    JOIN placement l ON l.person_id = c.person_id
    WHERE k.step IN ('died', 'transferred') AND k.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
    -- Nothing happened since: who was received elsewhere is placed there.
    AND NOT EXISTS (SELECT 1 FROM case_step n WHERE n.case_id = k.case_id AND n.id <> k.id
        AND n.reverses_id IS NULL
        AND (n.happened_on > k.happened_on OR (n.happened_on = k.happened_on AND (n.recorded_at > k.recorded_at
            OR (n.recorded_at = k.recorded_at AND n.id > k.id))))
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = n.case_id AND r.reverses_id = n.id))
    -- Nor were they introduced anew.
    AND NOT EXISTS (SELECT 1 FROM candidate_case d WHERE d.person_id = c.person_id AND d.id <> c.id
        AND d.opened_on >= k.happened_on)
    AND l.from_on <= k.happened_on AND (l.to_on IS NULL OR l.to_on > k.happened_on);
UPDATE placement SET to_on = (SELECT MAX(k.happened_on) FROM case_effect e
        JOIN case_step k ON k.id = e.step_id
        WHERE e.what = 'placement' AND e.row_id = placement.id AND k.step IN ('died', 'transferred'))
    WHERE id IN (SELECT e.row_id FROM case_effect e JOIN case_step k ON k.id = e.step_id
        WHERE e.what = 'placement' AND k.step IN ('died', 'transferred'));

-- A row of the audit stands for ever. Its circumstances can be blanked, once, and only wholly; and where a deed
-- was written down under the number of a class, as somebody typed it, the code of the class can stand
-- instead, once: that number may name whoever is erased.
CREATE OR REPLACE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.id = OLD.id AND NEW.done_at = OLD.done_at
            AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id
            AND NEW.action = OLD.action AND NEW.channel = OLD.channel
            AND NEW.unit_id IS NOT DISTINCT FROM OLD.unit_id
            AND NEW.meeting_id IS NOT DISTINCT FROM OLD.meeting_id
            AND NEW.read_on IS NOT DISTINCT FROM OLD.read_on
            AND ((NEW.subject = OLD.subject
                    AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
                    AND NEW.was IS NULL AND NEW.became IS NULL AND NEW.detail = '')
                OR (OLD.action LIKE 'class.%'
                    AND OLD.subject !~ '^LH-[0-9]+$' AND NEW.subject ~ '^LH-[0-9]+$'
                    AND NEW.detail = OLD.detail
                    AND NEW.was IS NOT DISTINCT FROM OLD.was
                    AND NEW.became IS NOT DISTINCT FROM OLD.became
                    AND NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit is append-only';
END;
$$;
