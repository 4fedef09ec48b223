-- The numbers of every place on a day: as its month opened, and what has changed since.

CREATE FUNCTION coverage_on(asked date)
RETURNS TABLE (place bigint, /*declared*/, fresh int)
LANGUAGE sql STABLE SET search_path = public, pg_temp SET jit = off AS $$
    SELECT place, /*sums*/, sum(fresh)::int
    FROM (
        SELECT m.place, /*counts_m*/, 0 AS fresh FROM coverage_month m
        WHERE m.month = (SELECT max(month) FROM coverage_month WHERE month <= asked)
        UNION ALL
        SELECT d.place, /*counts_d*/, 0 FROM coverage_day d
        WHERE d.day <= asked AND d.day >= COALESCE(
            (SELECT max(month) FROM coverage_month WHERE month <= asked), '-infinity')
        UNION ALL
        SELECT f.place, /*zeros*/,
               f.opening + COALESCE(f.by_day[CASE
                   WHEN asked < f.month + interval '1 month' THEN extract(day FROM asked)::int
                   ELSE 31 END], 0)
        FROM coverage_fresh f
        WHERE f.month = (SELECT max(month) FROM coverage_fresh WHERE month <= asked)
        UNION ALL
        SELECT p.place, /*counts_p*/, p.fresh FROM coverage_pending p WHERE p.day <= asked
    ) AS parts
    GROUP BY place
$$;
