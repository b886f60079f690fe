-- What stands right below a unit, and what is expected of one branch: so that a question about one
-- unit does not walk through all of them.
CREATE INDEX unit_parent ON unit (parent_id);
CREATE INDEX unit_target_unit ON unit_target (unit_id);
