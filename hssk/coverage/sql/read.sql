-- The numbers of every place on a day: as its month opened, and what has changed since. With no setting of
-- its own it is written into the query that asks, which then adds up the numbers it asks for alone.

CREATE FUNCTION coverage_on(asked date, with_pending boolean DEFAULT true)
RETURNS TABLE (place bigint, /*declared*/, /*dated_declared*/)
LANGUAGE sql STABLE AS $$
    SELECT place, /*sums*/, /*dated_sums*/
    FROM (
        SELECT m.place, /*counts_m*/, /*dated_named*/ FROM public.coverage_month m
        WHERE m.month = (SELECT max(month) FROM public.coverage_month WHERE month <= asked)
        UNION ALL
        SELECT d.place, /*counts_d*/, /*dated_zeros*/ FROM public.coverage_day d
        WHERE d.day <= asked AND d.day >= COALESCE(
            (SELECT max(month) FROM public.coverage_month WHERE month <= asked), '-infinity')
        UNION ALL
        SELECT f.place, /*zeros*/, /*dated_one*/
        FROM (
            SELECT place, what, opening + COALESCE(by_day[CASE
                       WHEN asked < month + interval '1 month' THEN extract(day FROM asked)::int
                       ELSE 31 END], 0) AS n
            FROM public.coverage_dated
            WHERE month = (SELECT max(month) FROM public.coverage_dated WHERE month <= asked)
        ) AS f
        UNION ALL
        SELECT p.place, /*counts_p*/, /*dated*/ FROM public.coverage_pending p WHERE with_pending AND p.day <= asked
    ) AS parts
    GROUP BY place
$$;

-- Whether the numbers of `asked` stand ready in coverage_standing, but for what is pending. They are
-- made so for a later day than before, up to today: the first question of a day makes them.
CREATE FUNCTION coverage_stand(asked date) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    standing date := (SELECT day FROM coverage_standing LIMIT 1);
BEGIN
    IF standing = asked THEN
        RETURN true;
    ELSIF standing > asked OR asked > (now() + interval '1 day')::date THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(72150);
    DELETE FROM coverage_standing;
    INSERT INTO coverage_standing (day, place, /*counts*/, /*dated*/)
    SELECT asked, place, /*counts*/, /*dated*/ FROM coverage_on(asked, false);
    RETURN true;
END
$$;
