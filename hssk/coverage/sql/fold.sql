-- Fold what was noted into numbers by day and by month. Only one transaction folds at a time, and
-- nobody else writes these tables, so folding can meet nobody.

CREATE FUNCTION coverage_fold() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET jit = off
SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    WITH waiting AS (DELETE FROM coverage_pending RETURNING *)
    INSERT INTO coverage_taken (place, day, /*counts*/, fresh)
    SELECT place, day, /*sums*/, sum(fresh) FROM waiting GROUP BY place, day;

    -- each month in which anything changes opens with the numbers as they stand then
    WITH change AS (
        SELECT place, day - (extract(day FROM day)::int - 1) AS month, /*sums*/
        FROM coverage_taken WHERE /*any*/ GROUP BY 1, 2
    ), known AS MATERIALIZED (SELECT DISTINCT month FROM coverage_month
    ), added AS MATERIALIZED (
        SELECT c.month, (SELECT max(k.month) FROM known k WHERE k.month < c.month) AS before
        FROM (SELECT DISTINCT month FROM change EXCEPT SELECT month FROM known) c
    )
    INSERT INTO coverage_month (place, month, /*counts*/)
    SELECT place, month, /*sums*/ FROM (
        SELECT m.place, a.month, /*counts_m*/
        FROM added a JOIN coverage_month m ON m.month = a.before
        UNION ALL
        SELECT d.place, a.month, /*counts_d*/
        FROM added a JOIN coverage_day d
          ON d.day >= COALESCE(a.before, '-infinity') AND d.day < a.month
        UNION ALL
        SELECT c.place, m.month, /*counts_c*/
        FROM change c
        JOIN (SELECT month FROM known UNION ALL SELECT month FROM added) m ON m.month > c.month
    ) AS opening GROUP BY place, month
    ON CONFLICT (month, place) DO UPDATE SET /*add_month*/;

    WITH change AS MATERIALIZED (
        SELECT place, day - (extract(day FROM day)::int - 1) AS month,
               extract(day FROM day)::int AS nth, sum(fresh)::int AS n
        FROM coverage_taken WHERE fresh <> 0 GROUP BY 1, 2, 3
    ), known AS MATERIALIZED (SELECT DISTINCT month FROM coverage_fresh
    ), added AS MATERIALIZED (
        SELECT c.month, (SELECT max(k.month) FROM known k WHERE k.month < c.month) AS before
        FROM (SELECT DISTINCT month FROM change EXCEPT SELECT month FROM known) c
    ), opening AS (
        SELECT place, month, sum(n)::int AS n FROM (
            SELECT f.place, a.month, f.opening + COALESCE(f.by_day[31], 0) AS n
            FROM added a JOIN coverage_fresh f ON f.month = a.before
            UNION ALL
            SELECT c.place, m.month, c.n
            FROM (SELECT place, month, sum(n) AS n FROM change GROUP BY 1, 2) c
            JOIN (SELECT month FROM known UNION ALL SELECT month FROM added) m ON m.month > c.month
        ) AS parts GROUP BY place, month
    ), within AS (
        SELECT place, month, array_agg(n ORDER BY nth) AS by_day FROM (
            SELECT p.place, p.month, d.nth,
                   sum(COALESCE(c.n, 0)) OVER (PARTITION BY p.place, p.month ORDER BY d.nth)::int
                       AS n
            FROM (SELECT DISTINCT place, month FROM change) p
            CROSS JOIN generate_series(1, 31) AS d (nth)
            LEFT JOIN change c ON c.place = p.place AND c.month = p.month AND c.nth = d.nth
        ) AS days GROUP BY place, month
    )
    INSERT INTO coverage_fresh (place, month, opening, by_day)
    SELECT place, month, COALESCE(o.n, 0), w.by_day
    FROM opening o FULL JOIN within w USING (place, month)
    ON CONFLICT (month, place) DO UPDATE SET
        opening = coverage_fresh.opening + excluded.opening,
        by_day = CASE WHEN excluded.by_day IS NULL THEN coverage_fresh.by_day
                      WHEN coverage_fresh.by_day IS NULL THEN excluded.by_day
                      ELSE (SELECT array_agg(a + b ORDER BY nth)
                            FROM unnest(coverage_fresh.by_day, excluded.by_day)
                                 WITH ORDINALITY AS t (a, b, nth)) END;

    INSERT INTO coverage_day (place, day, /*counts*/)
    SELECT place, day, /*sums*/ FROM coverage_taken WHERE /*any*/ GROUP BY place, day
    ON CONFLICT (day, place) DO UPDATE SET /*add_day*/;

    -- the day that stands ready takes its share
    INSERT INTO coverage_standing (place, day, /*counts*/, fresh)
    SELECT t.place, s.day, /*sums_t*/, sum(t.fresh)
    FROM coverage_taken t JOIN (SELECT day FROM coverage_standing LIMIT 1) s ON t.day <= s.day
    GROUP BY t.place, s.day
    ON CONFLICT (place) DO UPDATE SET /*add_standing*/, fresh = coverage_standing.fresh + excluded.fresh;

    DELETE FROM coverage_taken;
END
$$;
