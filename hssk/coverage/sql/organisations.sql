-- How many members of these organisations are residents on a day, and how many of those have a record, as
-- figures: to who may see figures, and to their contacts. It runs as the owner, for who belongs where lies
-- behind the second wall and this tells how many alone.
CREATE FUNCTION coverage_members(asked date, which bigint[])
RETURNS TABLE (organisation bigint, members bigint, expected bigint, found bigint, to_decide bigint, app_opened bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF NOT (public.access_may('figures') OR public.access_is_machine() OR which <@ ARRAY(
            SELECT p.organisation_id FROM public.access_post p
            WHERE p.id = ANY(string_to_array((public.access_scope())[4], ',')::bigint[])
              AND p.organisation_id IS NOT NULL)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'figures are told to who may see figures';
    END IF;
    RETURN QUERY
    WITH belongs AS (
        SELECT DISTINCT m.organisation_id, p.root
        FROM public.people_membership m JOIN public.people_person p ON p.id = m.person
        WHERE m.organisation_id = ANY(which) AND m.since <= asked AND (m.until IS NULL OR m.until > asked)
    )
    SELECT b.organisation_id, count(*), count(c.person_id), count(*) FILTER (WHERE c.state = 2),
           count(*) FILTER (WHERE c.state = 1), count(*) FILTER (WHERE c.flags & 4 > 0)
    FROM belongs b LEFT JOIN public.coverage_row c
        ON c.person_id = b.root AND c.since <= asked AND c.until > asked
    GROUP BY b.organisation_id;
END
$$;
