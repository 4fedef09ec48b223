-- Whose turn a household is, seen by the officer of a facility too that is one of the two sides
-- (docs/decisions/0028).
DO $$
DECLARE
    before text := (SELECT pg_get_expr(polqual, polrelid) FROM pg_policy
                    WHERE polrelid = 'outreach_step'::regclass AND polname = 'seen');
BEGIN
    EXECUTE format('ALTER POLICY seen ON outreach_step USING (%s
        OR owner_facility_id = ANY((SELECT people_facilities())::bigint[])
        OR other_facility_id = ANY((SELECT people_facilities())::bigint[]))', before);
END $$;
