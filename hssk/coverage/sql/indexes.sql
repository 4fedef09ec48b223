-- What few rows of the ledger have, so that counting and listing it reads those few alone.
-- The conditions stand in services/selection.py too (RARE, ODD): the planner wants the same words.

-- These rows lie scattered over all pages of the table, so the index has all that counts ask of them,
-- and what the wall asks.
CREATE INDEX coverage_row_rare ON coverage_row (hamlet_id)
    INCLUDE (since, until, flags, listed, state, sex, birth_on, ethnicity, insurance_place, units, lost,
             listed_in)
    WHERE flags & 185 > 0 OR listed <> 1;
CREATE INDEX coverage_row_odd ON coverage_row (hamlet_id)
    INCLUDE (since, until, flags, units, lost, listed_in, person_id) WHERE flags & 3968 > 0;
CREATE INDEX coverage_row_listed_apart ON coverage_row (hamlet_id)
    INCLUDE (since, until, flags, units, lost, listed_in) WHERE flags & 3968 > 0 AND flags & 512 > 0;
CREATE INDEX coverage_row_first_kept ON coverage_row ((units[1])) WHERE flags & 3968 > 0;
-- Whose first record is how new: what the pace asks, and what the wall does.
CREATE INDEX coverage_row_newly ON coverage_row (first_held)
    INCLUDE (hamlet_id, since, until, units, lost, listed_in) WHERE state = 2;
-- A bit says nothing of how many rows have it, unless the planner is told.
CREATE STATISTICS coverage_row_bits (mcv)
    ON (flags & 185), (flags & 3968), (flags & 256), (flags & 512), (flags & 1024) FROM coverage_row;
CREATE INDEX coverage_nobody_lost ON coverage_nobody (until) WHERE lost IS NOT NULL;
CREATE INDEX coverage_nobody_listed ON coverage_nobody (until) WHERE listed > 0;
