-- What happened to somebody before they came from another organisation with their file: a fact of
-- their road, by which limits run, but nobody's figure here.
ALTER TABLE case_step ADD COLUMN elsewhere BOOLEAN NOT NULL DEFAULT FALSE;
