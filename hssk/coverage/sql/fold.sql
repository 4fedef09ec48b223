-- Fold what was noted into numbers by day and by month. Only one transaction folds at a time, and
-- nobody else writes these tables, so folding can meet nobody.

CREATE FUNCTION coverage_fold() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET jit = off
SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    WITH waiting AS (DELETE FROM coverage_pending RETURNING *)
    INSERT INTO coverage_taken (place, day, /*counts*/, /*dated*/)
    SELECT place, day, /*sums*/, /*dated_sums*/ FROM waiting GROUP BY place, day;

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
        SELECT t.place, d.what, t.day - (extract(day FROM t.day)::int - 1) AS month,
               extract(day FROM t.day)::int AS nth, sum(d.n)::int AS n
        FROM coverage_taken t CROSS JOIN LATERAL (VALUES /*dated_lines*/) AS d (what, n)
        WHERE (/*dated_any*/) AND d.n <> 0 GROUP BY 1, 2, 3, 4
    ), known AS MATERIALIZED (SELECT DISTINCT month FROM coverage_dated
    ), added AS MATERIALIZED (
        SELECT c.month, (SELECT max(k.month) FROM known k WHERE k.month < c.month) AS before
        FROM (SELECT DISTINCT month FROM change EXCEPT SELECT month FROM known) c
    ), opening AS (
        SELECT place, what, month, sum(n)::int AS n FROM (
            SELECT f.place, f.what, a.month, f.opening + COALESCE(f.by_day[31], 0) AS n
            FROM added a JOIN coverage_dated f ON f.month = a.before
            UNION ALL
            SELECT c.place, c.what, m.month, c.n
            FROM (SELECT place, what, month, sum(n) AS n FROM change GROUP BY 1, 2, 3) c
            JOIN (SELECT month FROM known UNION ALL SELECT month FROM added) m ON m.month > c.month
        ) AS parts GROUP BY place, what, month
    ), within AS (
        SELECT place, what, month, array_agg(n ORDER BY nth) AS by_day FROM (
            SELECT p.place, p.what, p.month, d.nth, sum(COALESCE(c.n, 0)) OVER (
                       PARTITION BY p.place, p.what, p.month ORDER BY d.nth)::int AS n
            FROM (SELECT DISTINCT place, what, month FROM change) p
            CROSS JOIN generate_series(1, 31) AS d (nth)
            LEFT JOIN change c ON c.place = p.place AND c.what = p.what AND c.month = p.month
                              AND c.nth = d.nth
        ) AS days GROUP BY place, what, month
    )
    INSERT INTO coverage_dated (place, what, month, opening, by_day)
    SELECT place, what, month, COALESCE(o.n, 0), w.by_day
    FROM opening o FULL JOIN within w USING (place, what, month)
    ON CONFLICT (month, place, what) DO UPDATE SET
        opening = coverage_dated.opening + excluded.opening,
        by_day = CASE WHEN excluded.by_day IS NULL THEN coverage_dated.by_day
                      WHEN coverage_dated.by_day IS NULL THEN excluded.by_day
                      ELSE (SELECT array_agg(a + b ORDER BY nth)
                            FROM unnest(coverage_dated.by_day, excluded.by_day)
                                 WITH ORDINALITY AS t (a, b, nth)) END;

    INSERT INTO coverage_day (place, day, /*counts*/)
    SELECT place, day, /*sums*/ FROM coverage_taken WHERE /*any*/ GROUP BY place, day
    ON CONFLICT (day, place) DO UPDATE SET /*add_day*/;

    -- the day that stands ready takes its share
    INSERT INTO coverage_standing (place, day, /*counts*/, /*dated*/)
    SELECT t.place, s.day, /*sums_t*/, /*dated_sums_t*/
    FROM coverage_taken t JOIN (SELECT day FROM coverage_standing LIMIT 1) s ON t.day <= s.day
    GROUP BY t.place, s.day
    ON CONFLICT (place) DO UPDATE SET /*add_standing*/, /*dated_add*/;

    DELETE FROM coverage_taken;
    PERFORM coverage_fold_registered();
END
$$;
