-- What few rows of the ledger have, so that counting and listing it reads those few alone.
-- The conditions stand in services/selection.py too (RARE, ODD): the planner wants the same words.

-- These rows lie scattered over all pages of the table, so the index has all that counts ask of them.
CREATE INDEX coverage_row_rare ON coverage_row (hamlet_id)
    INCLUDE (since, until, flags, listed, state, sex, birth_on, ethnicity, insurance_place)
    WHERE flags & 185 > 0 OR listed <> 1;
CREATE INDEX coverage_row_odd ON coverage_row (hamlet_id) WHERE flags & 3968 > 0;
CREATE INDEX coverage_nobody_lost ON coverage_nobody (until) WHERE lost IS NOT NULL;
CREATE INDEX coverage_nobody_listed ON coverage_nobody (until) WHERE listed > 0;
