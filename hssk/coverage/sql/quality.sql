-- What is doubtful in the data about the residents of these hamlets on a day, as figures: who has no personal
-- number, or only ones that contradict the birth year or the sex; whose age cannot be; who has anything to be put
-- right. The ledger has all of it in its rows; as the owner, for they lie behind the wall and this tells how many alone.
CREATE FUNCTION coverage_quality(asked date, here bigint[])
RETURNS TABLE (hamlet bigint, no_number bigint, wrong_number bigint, odd_age bigint, flawed bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    IF NOT (public.access_may('figures') OR public.access_is_machine()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'figures are told to who may see figures';
    END IF;
    RETURN QUERY
    WITH doubted AS (
        SELECT c.hamlet_id, c.flags & 4096 > 0 AS none, c.flags & 8192 > 0 AS wrong,
               c.birth_on IS NULL OR c.birth_on > asked
                   OR c.birth_on <= (asked - interval '110 years')::date AS odd,
               c.state = 1 OR c.listed <> 1 OR c.flags & 24 > 0 AS open
        FROM public.coverage_row c
        -- in the words of coverage_row_doubted, and for days so late that it no longer holds all the old
        WHERE (c.flags & 28696 > 0 OR c.listed <> 1 OR c.state = 1 OR c.birth_on < '1940-01-01'
               OR c.birth_on <= (asked - interval '110 years')::date)
          AND c.hamlet_id = ANY(here) AND c.since <= asked AND c.until > asked
    )
    SELECT hamlet_id, count(*) FILTER (WHERE none), count(*) FILTER (WHERE wrong),
           count(*) FILTER (WHERE odd), count(*) FILTER (WHERE none OR wrong OR odd OR open)
    FROM doubted GROUP BY hamlet_id;
END
$$;
