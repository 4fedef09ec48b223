-- A file has just multiplied these tables: without knowing it the planner takes them for empty.
-- SECURITY DEFINER: only the owner of a table may have it looked at.
CREATE OR REPLACE FUNCTION coverage_tell_planner() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET default_statistics_target = 10 AS $$
BEGIN
    ANALYZE people_person (id, root), people_residence (person_id, hamlet_id, household_id),
            people_holding (person_id), people_listing (person_id),
            people_identifier (person_id, kind, status, value),
            coverage_row (person_id, hamlet_id, household_id, since, until, flags, state, first_held),
            coverage_nobody (person_id, until);
END
$$;

-- The keys of a file's people, read once and gone: to press them takes longer than to write them.
ALTER TABLE coverage_due ALTER COLUMN people SET STORAGE EXTERNAL;
