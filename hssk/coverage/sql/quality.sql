-- What is doubtful in the data about the residents of these hamlets on a day, as figures: who has no personal
-- number, or only ones that contradict the birth year or the sex; whose age cannot be; who has anything to be put
-- right. It runs as the owner, for numbers lie behind the second wall and this tells how many alone.
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
    WITH resident AS (
        SELECT c.person_id, c.hamlet_id, c.birth_on, c.sex, c.state, c.flags, c.listed
        FROM public.coverage_row c
        WHERE c.hamlet_id = ANY(here) AND c.since <= asked AND c.until > asked
    ), numbered AS (
        -- digit 4: 0 and 1 are men and women of the twentieth century, and so on; 5 and 6 the year of birth
        SELECT r.person_id, bool_or(
                   (r.sex NOT IN (1, 2) OR r.sex = 1 + substr(i.value, 4, 1)::int % 2)
                   AND (r.birth_on IS NULL OR extract(year FROM r.birth_on) =
                        1900 + 100 * (substr(i.value, 4, 1)::int / 2) + substr(i.value, 5, 2)::int)
                   AND substr(i.value, 4, 1)::int < 4
               ) AS fits
        FROM resident r
        JOIN public.people_person p ON p.root = r.person_id
        JOIN public.people_identifier i ON i.person_id = p.id
        WHERE i.kind = 'pid' AND i.status <> 'cancelled' AND i.value ~ '^[0-9]{12}$'
          AND (i.since IS NULL OR i.since <= asked) AND (i.until IS NULL OR i.until > asked)
        GROUP BY r.person_id
    ), judged AS (
        SELECT r.hamlet_id, n.person_id IS NULL AS none, n.fits IS FALSE AS wrong,
               r.birth_on IS NULL OR r.birth_on > asked
                   OR r.birth_on <= asked - interval '110 years' AS odd,
               r.state = 1 OR r.listed <> 1 OR r.flags & 24 > 0 AS open
        FROM resident r LEFT JOIN numbered n ON n.person_id = r.person_id
    )
    SELECT hamlet_id, count(*) FILTER (WHERE none), count(*) FILTER (WHERE wrong),
           count(*) FILTER (WHERE odd), count(*) FILTER (WHERE none OR wrong OR odd OR open)
    FROM judged GROUP BY hamlet_id;
END
$$;
