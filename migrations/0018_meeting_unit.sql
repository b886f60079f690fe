-- The meetings of one unit, by time: when it meets next, and whether it meets at an instant. Before, the meetings
-- of all units at that time were gone through.
CREATE INDEX meeting_unit_starts ON meeting (unit_id, starts_at);
