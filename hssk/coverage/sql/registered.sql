-- With which facility people are registered for first contact, counted as the numbers of places are
-- (fold.sql): by the days on which they change, and as each month opens. What is said of a facility may
-- be any words, so these tables lie behind the wall and answer through one function.

CREATE FUNCTION coverage_fold_registered() RETURNS void
LANGUAGE sql SET search_path = public, pg_temp SET jit = off AS $$
    WITH waiting AS (DELETE FROM coverage_registering RETURNING *
    ), change AS MATERIALIZED (
        SELECT hamlet, facility, day, /*sums*/ FROM waiting GROUP BY hamlet, facility, day
        HAVING (/*summed*/) IS DISTINCT FROM (0, 0, 0, 0)
    ), monthly AS MATERIALIZED (
        SELECT hamlet, facility, day - (extract(day FROM day)::int - 1) AS month, /*sums*/
        FROM change GROUP BY 1, 2, 3
    ), known AS MATERIALIZED (SELECT DISTINCT month FROM coverage_registered_month
    ), added AS MATERIALIZED (
        SELECT c.month, (SELECT max(k.month) FROM known k WHERE k.month < c.month) AS before
        FROM (SELECT DISTINCT month FROM monthly EXCEPT SELECT month FROM known) c
    ), opened AS (
        INSERT INTO coverage_registered_month (hamlet, facility, month, /*counts*/)
        SELECT hamlet, facility, month, /*sums*/ FROM (
            SELECT m.hamlet, m.facility, a.month, /*counts*/
            FROM added a JOIN coverage_registered_month m ON m.month = a.before
            UNION ALL
            SELECT d.hamlet, d.facility, a.month, /*counts*/
            FROM added a JOIN coverage_registered_day d
              ON d.day >= COALESCE(a.before, '-infinity') AND d.day < a.month
            UNION ALL
            SELECT c.hamlet, c.facility, m.month, /*counts*/
            FROM monthly c
            JOIN (SELECT month FROM known UNION ALL SELECT month FROM added) m ON m.month > c.month
        ) AS opening GROUP BY hamlet, facility, month
        HAVING (/*summed*/) IS DISTINCT FROM (0, 0, 0, 0)
        ON CONFLICT (month, hamlet, facility) DO UPDATE SET /*add_month*/
    )
    INSERT INTO coverage_registered_day (hamlet, facility, day, /*counts*/)
    SELECT hamlet, facility, day, /*counts*/ FROM change
    ON CONFLICT (day, hamlet, facility) DO UPDATE SET /*add_day*/;

    -- where nobody is left nothing stays: what a list said by mistake goes with it
    DELETE FROM coverage_registered_day WHERE (/*counts*/) = (0, 0, 0, 0);
    DELETE FROM coverage_registered_month WHERE (/*counts*/) = (0, 0, 0, 0);
$$;

-- The numbers of every hamlet and facility on a day; written into the query that asks.
CREATE FUNCTION coverage_registered_on(asked date)
RETURNS TABLE (hamlet bigint, facility text, expected int, found int, to_decide int, app_opened int)
LANGUAGE sql STABLE AS $$
    SELECT hamlet, facility::text, /*sums*/ FROM (
        SELECT hamlet, facility, /*counts*/ FROM public.coverage_registered_month
        WHERE month = (SELECT max(month) FROM public.coverage_registered_month WHERE month <= asked)
        UNION ALL
        SELECT hamlet, facility, /*counts*/ FROM public.coverage_registered_day
        WHERE day <= asked AND day >= COALESCE(
            (SELECT max(month) FROM public.coverage_registered_month WHERE month <= asked), '-infinity')
        UNION ALL
        SELECT hamlet, facility, /*counts*/ FROM public.coverage_registering WHERE day <= asked
    ) AS parts GROUP BY hamlet, facility HAVING (/*summed*/) IS DISTINCT FROM (0, 0, 0, 0)
$$;

SELECT access_wall('coverage_registering', '(SELECT access_may(''machine''))');
SELECT access_wall('coverage_registered_day', '(SELECT access_may(''machine''))');
SELECT access_wall('coverage_registered_month', '(SELECT access_may(''machine''))');

-- What the ledger knows already.
INSERT INTO coverage_registering (hamlet, facility, day, /*counts*/)
SELECT c.hamlet_id, c.insurance_place, e.day, sum(way),
       COALESCE(sum(way) FILTER (WHERE c.state = 2), 0), COALESCE(sum(way) FILTER (WHERE c.state = 1), 0),
       COALESCE(sum(way) FILTER (WHERE c.flags & 4 > 0), 0)
FROM coverage_row c CROSS JOIN LATERAL (VALUES (c.since, 1), (c.until, -1)) AS e (day, way)
WHERE e.day < '9999-12-31' GROUP BY 1, 2, 3;
SELECT coverage_fold_registered();

-- With which facility the residents of these hamlets are registered on a day, as figures, commune by
-- commune: `communes` says of each hamlet of `here` of which it is.
DROP FUNCTION coverage_registered(date, bigint[]);
CREATE FUNCTION coverage_registered(asked date, here bigint[], communes bigint[])
RETURNS TABLE (commune bigint, facility text, expected bigint, found bigint, to_decide bigint, app_opened bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF NOT (public.access_may('figures') OR public.access_is_machine()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'figures are told to who may see figures';
    END IF;
    RETURN QUERY
    SELECT h.commune, r.facility, sum(r.expected), sum(r.found), sum(r.to_decide), sum(r.app_opened)
    FROM public.coverage_registered_on(asked) r
    JOIN unnest(here, communes) AS h (hamlet, commune) ON h.hamlet = r.hamlet
    GROUP BY h.commune, r.facility;
END
$$;
