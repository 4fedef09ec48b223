-- With which facility the residents of these hamlets are registered for first contact on a day, as figures, by what
-- their list or record says (a code, a name as it was written, or nothing). As the owner: rows lie behind the wall.
CREATE FUNCTION coverage_registered(asked date, here bigint[])
RETURNS TABLE (hamlet bigint, facility text, expected bigint, found bigint, to_decide bigint, app_opened bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF NOT (public.access_may('figures') OR public.access_is_machine()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'figures are told to who may see figures';
    END IF;
    RETURN QUERY
    SELECT c.hamlet_id, c.insurance_place::text, count(*), count(*) FILTER (WHERE c.state = 2),
           count(*) FILTER (WHERE c.state = 1), count(*) FILTER (WHERE c.flags & 4 > 0)
    FROM public.coverage_row c
    WHERE c.hamlet_id = ANY(here) AND c.since <= asked AND c.until > asked
    GROUP BY c.hamlet_id, c.insurance_place;
END
$$;
