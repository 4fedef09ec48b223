-- Count people again: read their facts, cut their days into segments in which nothing that counts
-- changes, replace their rows of the ledger, and note what that changes in the numbers of places.
-- One text, two plans: a few people by index, many by hashing; and two ways to note the change: many
-- are folded at once, a share of them waits until the other shares are counted.

DO $make$
DECLARE
    body text := $body$
BEGIN
    WITH member AS MATERIALIZED (
        SELECT p.id, p.root, p.died_on
        FROM unnest(roots) AS r (root) JOIN people_person p ON p.root = r.root
    ), merged AS MATERIALIZED (
        SELECT root, array_agg(id ORDER BY id) AS members FROM member
        WHERE root IN (SELECT root FROM member WHERE id <> root) GROUP BY root
    ), death AS MATERIALIZED (
        SELECT root, min(died_on) AS died_on FROM member WHERE died_on IS NOT NULL GROUP BY root
    ), stay AS MATERIALIZED (
        SELECT m.root, r.id, r.since, LEAST(r.until, d.died_on, '9999-12-31') AS until,
               strpos('CTP', r.kind) AS rank, r.decided, r.away, r.hamlet_id, r.household_id
        FROM member m JOIN people_residence r ON r.person_id = m.id
        LEFT JOIN death d ON d.root = m.root
        WHERE r.since < LEAST(r.until, d.died_on, '9999-12-31')
    ), stands AS MATERIALIZED (
        SELECT m.root, min(s.content) AS content, range_agg(s.updated) AS updated, /*mins*/
        FROM member m JOIN records_standing s ON s.person = m.id GROUP BY m.root
    ), hold AS MATERIALIZED (
        SELECT m.root, h.id, h.since, COALESCE(h.until, '9999-12-31') AS until, h.decided,
               h.unit_id, h.visits > 0 AS visited, h.app_opened, h.dead, h.moved,
               h.phone <> '' AS phone, h.insurance_place, h.updated,
               records_years_on(h.updated, 1) AS aged,
               COALESCE(h.unlisted_since, '9999-12-31') AS unlisted_since
        FROM member m JOIN people_holding h ON h.person_id = m.id
        WHERE h.since < COALESCE(h.until, '9999-12-31')
    ), listing AS MATERIALIZED (
        SELECT m.root, l.since, COALESCE(l.until, '9999-12-31') AS until, l.phone <> '' AS phone,
               l.insurance_place, l.hamlet_id,
               l.note <> '' AND l.note ~* '((mới|vừa|moi|vua) (chuyển|đến|về|nhập|chuyen|den|ve|nhap)|(chuyển|chuyen) (đến|về|den|ve)|nhập (hộ )?khẩu|nhap (ho )?khau)' AS moved_in
        FROM member m JOIN people_listing l ON l.person_id = m.id
        WHERE l.since < COALESCE(l.until, '9999-12-31')
    ), spell AS MATERIALIZED (
        -- of our own record: what 1 to 4 are, see DATED in the migration; what begins and goes on
        SELECT m.root, 1 AS what, min(v.on) AS since, '9999-12-31'::date AS until
        FROM member m JOIN people_verification v ON v.person = m.id
        WHERE v.taken_back_at IS NULL GROUP BY m.root
        UNION ALL
        SELECT root, 2, content, '9999-12-31' FROM stands WHERE content IS NOT NULL
        UNION ALL
        SELECT t.root, d.what, lower(d.days), COALESCE(upper(d.days), '9999-12-31')
        FROM stands t JOIN people_person p ON p.id = t.root
        CROSS JOIN LATERAL (
            SELECT 3, unnest(records_complete(p.sex, p.birth_on, p.ethnicity, /*parts*/))
            UNION ALL SELECT 4, unnest(t.updated)
        ) AS d (what, days)
    ), book AS MATERIALIZED (
        SELECT m.root, min(b.on) AS on FROM member m JOIN people_book b ON b.person = m.id
        WHERE b.taken_back_at IS NULL GROUP BY m.root
    ), number AS MATERIALIZED (
        -- of each personal number whether birth and sex can be what it says. Digit 4: 0 and 1 are men
        -- and women of the twentieth century, and so on; 5 and 6 the year of birth
        SELECT m.root, i.since, COALESCE(i.until, '9999-12-31') AS until,
               (p.sex NOT IN (1, 2) OR p.sex = 1 + substr(i.value, 4, 1)::int % 2)
               AND (p.birth_on IS NULL OR date_part('year', p.birth_on) =
                    1900 + 100 * (substr(i.value, 4, 1)::int / 2) + substr(i.value, 5, 2)::int)
               AND substr(i.value, 4, 1)::int < 4 AS fits
        FROM member m
        JOIN people_identifier i ON i.person_id = m.id
        JOIN people_person p ON p.id = m.root
        WHERE i.kind = 'pid' AND i.status <> 'cancelled' AND i.value ~ '^[0-9]{12}$'
    ), edge AS (
        -- several records of one person may be fresh on days apart, so those days cut as well
        SELECT root, since AS day FROM stay
        UNION SELECT root, until FROM stay WHERE until < '9999-12-31'
        UNION SELECT root, since FROM hold
        UNION SELECT root, until FROM hold WHERE until < '9999-12-31'
        UNION SELECT root, unlisted_since FROM hold
        WHERE unlisted_since > since AND unlisted_since < until
        UNION SELECT root, unnest(ARRAY[updated, aged]) FROM hold
        WHERE updated IS NOT NULL
          AND root IN (SELECT root FROM hold GROUP BY root HAVING count(*) > 1)
        UNION SELECT root, since FROM listing
        UNION SELECT root, until FROM listing WHERE until < '9999-12-31'
        UNION SELECT root, died_on FROM death
        UNION SELECT root, b.on FROM book b
        UNION SELECT root, since FROM number WHERE since IS NOT NULL
        UNION SELECT root, until FROM number WHERE until < '9999-12-31'
        -- so that no segment holds days of two spells of a kind
        UNION SELECT root, since FROM (
            SELECT root, since, lag(since) OVER (PARTITION BY root, what ORDER BY since) AS former
            FROM spell) AS s
        WHERE former IS NOT NULL
    ), segment AS (
        SELECT root, day AS since,
               lead(day, 1, '9999-12-31') OVER (PARTITION BY root ORDER BY day) AS until
        FROM edge
    ), home AS (
        -- where they live now, else temporary, else permanent; then the later, then the first noted
        SELECT DISTINCT ON (s.root, s.since) s.root, s.since, s.until, t.hamlet_id, t.household_id,
               t.away, bool_or(t.decided) OVER (PARTITION BY s.root, s.since) AS decided
        FROM segment s JOIN stay t ON t.root = s.root AND t.since <= s.since AND t.until >= s.until
        ORDER BY s.root, s.since, t.rank, t.since DESC, t.id
    ), record AS (
        SELECT s.root, s.since, s.until,
               -- records that the newest extract of their unit still has, the one that counts
               -- first; and those that it has no longer, which nobody has ended
               array_agg(h.unit_id ORDER BY h.decided DESC, h.since, h.id)
                   FILTER (WHERE h.unlisted_since > s.since) AS units,
               array_agg(h.unit_id ORDER BY h.decided DESC, h.since, h.id)
                   FILTER (WHERE h.unlisted_since <= s.since) AS lost,
               bool_or(h.decided) AS decided,
               bool_or(h.visited AND h.decided) AS visited,
               bool_or(h.app_opened AND h.decided) AS app_opened,
               bool_or(h.dead) AS dead, bool_or(h.moved) AS moved, bool_or(h.phone) AS phone,
               max(h.insurance_place) AS insurance_place,
               min(GREATEST(h.updated, s.since)) FILTER (WHERE h.decided AND h.updated < s.until
                   AND h.aged > s.since) AS fresh_since,
               max(LEAST(h.aged, s.until)) FILTER (WHERE h.decided AND h.updated < s.until
                   AND h.aged > s.since) AS fresh_until
        FROM segment s JOIN hold h ON h.root = s.root AND h.since <= s.since AND h.until >= s.until
        GROUP BY s.root, s.since, s.until
    ), listed AS (
        SELECT s.root, s.since, s.until, count(*) AS times,
               min(l.hamlet_id) AS first_hamlet, max(l.hamlet_id) AS last_hamlet,
               array_agg(-l.hamlet_id ORDER BY l.hamlet_id) AS hamlets,
               bool_or(l.phone) AS phone,
               bool_or(l.moved_in) AS moved_in, max(l.insurance_place) AS insurance_place
        FROM segment s
        JOIN listing l ON l.root = s.root AND l.since <= s.since AND l.until >= s.until
        GROUP BY s.root, s.since, s.until
    ), own AS (
        SELECT h.root, h.since,
               min(GREATEST(s.since, h.since)) FILTER (WHERE s.what = 1) AS verified_since,
               min(GREATEST(s.since, h.since)) FILTER (WHERE s.what = 2) AS content_since,
               min(GREATEST(s.since, h.since)) FILTER (WHERE s.what = 3) AS complete_since,
               min(LEAST(s.until, h.until)) FILTER (WHERE s.what = 3) AS complete_until,
               min(GREATEST(s.since, h.since)) FILTER (WHERE s.what = 4) AS updated_since,
               min(LEAST(s.until, h.until)) FILTER (WHERE s.what = 4) AS updated_until
        FROM home h JOIN spell s ON s.root = h.root AND s.since < h.until AND s.until > h.since
        GROUP BY h.root, h.since
    ), numbered AS (
        SELECT s.root, s.since, bool_or(n.fits) AS fits
        FROM segment s JOIN number n ON n.root = s.root AND n.until >= s.until
                                    AND (n.since IS NULL OR n.since <= s.since)
        GROUP BY s.root, s.since
    ), first_held AS (
        SELECT root, min(since) AS day FROM hold GROUP BY root
    ), resident AS (
        SELECT h.root, h.since, h.until, h.hamlet_id, h.household_id, r.units, r.lost, h.away,
               r.root IS NOT NULL AND r.units IS NULL AS only_unlisted,
               r.units[1] IS DISTINCT FROM p.unit_id AND r.units IS NOT NULL AS kept_elsewhere,
               CASE WHEN l.first_hamlet <> h.hamlet_id OR l.last_hamlet <> h.hamlet_id
                    THEN l.hamlets END AS listed_in,
               CASE WHEN r.root IS NULL THEN 0 WHEN r.decided AND h.decided THEN 2 ELSE 1 END
                   AS state,
               r.visited, COALESCE(r.app_opened, false) OR COALESCE(b.on <= h.since, false) AS app_opened,
               r.dead, r.moved, l.moved_in,
               COALESCE(l.phone, false) OR COALESCE(r.phone, false) AS phone,
               COALESCE(l.times, 0) AS times,
               COALESCE(NULLIF(l.insurance_place, ''), r.insurance_place, '') AS insurance_place,
               r.fresh_since, r.fresh_until, f.day AS first_held, o.verified_since,
               o.content_since, o.complete_since, o.complete_until, o.updated_since, o.updated_until,
               n.root IS NULL AS no_number, n.fits IS FALSE AS wrong_number
        FROM home h
        JOIN places_hamlet p ON p.id = h.hamlet_id
        LEFT JOIN record r ON r.root = h.root AND r.since = h.since
        LEFT JOIN listed l ON l.root = h.root AND l.since = h.since
        LEFT JOIN first_held f ON f.root = h.root
        LEFT JOIN own o ON o.root = h.root AND o.since = h.since
        LEFT JOIN book b ON b.root = h.root
        LEFT JOIN numbered n ON n.root = h.root AND n.since = h.since
    ), gone AS (
        DELETE FROM coverage_row c USING unnest(roots) AS r (root) WHERE c.person_id = r.root
        RETURNING c.hamlet_id, c.since, c.until, c.state, c.flags, c.listed, c.insurance_place,
                  c.units, c.lost, c.fresh_since, c.fresh_until, c.verified_since, c.content_since,
                  c.complete_since, c.complete_until, c.updated_since, c.updated_until
    ), come AS (
        INSERT INTO coverage_row (person_id, since, until, hamlet_id, household_id, state, flags,
                                  listed, sex, birth_on, ethnicity, insurance_place, fresh_since,
                                  fresh_until, units, lost, listed_in, first_held, members, verified_since,
                                  content_since, complete_since, complete_until, updated_since,
                                  updated_until)
        SELECT s.root, s.since, s.until, s.hamlet_id, s.household_id, s.state,
               s.away::int + CASE WHEN s.state = 2 THEN 2 * COALESCE(s.visited, false)::int
                                       + 4 * COALESCE(s.app_opened, false)::int ELSE 0 END
               + 8 * COALESCE(s.dead, false)::int + 16 * COALESCE(s.moved, false)::int
               + 32 * COALESCE(s.moved_in, false)::int + 64 * s.phone::int
               + 128 * s.only_unlisted::int + 256 * s.kept_elsewhere::int
               + 512 * (s.listed_in IS NOT NULL)::int
               + 1024 * COALESCE(cardinality(s.units) > 1, false)::int
               + 2048 * (s.lost IS NOT NULL)::int + 4096 * s.no_number::int
               + 8192 * s.wrong_number::int
               + 16384 * COALESCE(p.birth_on > s.since, true)::int,
               s.times, p.sex, p.birth_on, p.ethnicity, s.insurance_place,
               CASE WHEN s.state = 2 THEN s.fresh_since END,
               CASE WHEN s.state = 2 THEN s.fresh_until END, s.units, s.lost, s.listed_in,
               CASE WHEN s.state = 2 THEN s.first_held END, g.members, s.verified_since,
               s.content_since, s.complete_since, s.complete_until, s.updated_since, s.updated_until
        FROM resident s JOIN people_person p ON p.id = s.root
        LEFT JOIN merged g ON g.root = s.root
        RETURNING hamlet_id, since, until, state, flags, listed, insurance_place, units, lost,
                  fresh_since, fresh_until, verified_since, content_since, complete_since, complete_until,
                  updated_since, updated_until
    ), nobody_gone AS (
        DELETE FROM coverage_nobody c USING unnest(roots) AS r (root) WHERE c.person_id = r.root
        RETURNING c.since, c.until, c.why, c.units, c.lost
    ), nobody_come AS (
        -- records and rows of a roster that are about somebody who is no resident then
        INSERT INTO coverage_nobody (person_id, since, until, why, listed, units, lost, listed_in,
                                     members)
        SELECT n.root, n.since, n.until,
               CASE WHEN n.dead OR d.died_on <= n.since THEN 0
                    WHEN n.moved OR b.since < n.since THEN 1 ELSE 2 END, n.times, n.units, n.lost,
               n.hamlets, g.members
        FROM (
            SELECT root, since, COALESCE(r.until, l.until) AS until, r.dead, r.moved,
                   COALESCE(l.times, 0) AS times, r.units, r.lost, l.hamlets
            FROM record r FULL JOIN listed l USING (root, since)
        ) n
        LEFT JOIN death d ON d.root = n.root
        LEFT JOIN merged g ON g.root = n.root
        LEFT JOIN (SELECT root, min(since) AS since FROM stay GROUP BY root) b ON b.root = n.root
        WHERE NOT EXISTS (SELECT FROM home h WHERE h.root = n.root AND h.since = n.since)
        RETURNING since, until, why, units, lost
    ), resident_kind AS (
        -- people of one place and state come and go on the same days by the thousand
        SELECT hamlet_id, since, until, state, flags, listed, insurance_place, sum(n) AS n
        FROM (SELECT -1 AS n, * FROM gone UNION ALL SELECT 1, * FROM come) AS r
        GROUP BY hamlet_id, since, until, state, flags, listed, insurance_place
    ), resident_edge AS (
        SELECT r.*, r.n * e.way AS w, e.day
        FROM resident_kind r
        CROSS JOIN LATERAL (VALUES (r.since, 1), (r.until, -1)) AS e (day, way)
        WHERE e.day < '9999-12-31'
    ), dated_edge AS (
        SELECT hamlet_id, e.day, /*dated_edges*/
        FROM (SELECT -1 AS n, * FROM gone UNION ALL SELECT 1, * FROM come) AS r
        CROSS JOIN LATERAL (VALUES
            (0, fresh_since, fresh_until), (1, verified_since, r.until), (2, content_since, r.until),
            (3, complete_since, complete_until), (4, updated_since, updated_until)
        ) AS d (what, since, until)
        CROSS JOIN LATERAL (VALUES (d.since, 1), (d.until, -1)) AS e (day, way)
        WHERE COALESCE(fresh_since, verified_since, content_since, complete_since, updated_since)
              IS NOT NULL AND d.since IS NOT NULL AND e.day < '9999-12-31'
        GROUP BY hamlet_id, e.day
    ), unit_kind AS (
        -- why: -2 no longer in the extract, -1 of a resident, else NobodyRow.why
        SELECT units, since, until, why, sum(n) AS n
        FROM (SELECT -1 AS n, since, until, -1 AS why, units FROM gone WHERE units IS NOT NULL
              UNION ALL SELECT 1, since, until, -1, units FROM come WHERE units IS NOT NULL
              UNION ALL SELECT -1, since, until, -2, lost FROM gone WHERE lost IS NOT NULL
              UNION ALL SELECT 1, since, until, -2, lost FROM come WHERE lost IS NOT NULL
              UNION ALL SELECT -1, since, until, w.why, w.units FROM nobody_gone g
              CROSS JOIN LATERAL (VALUES (g.why, g.units), (-2, g.lost)) AS w (why, units)
              UNION ALL SELECT 1, since, until, w.why, w.units FROM nobody_come c
              CROSS JOIN LATERAL (VALUES (c.why, c.units), (-2, c.lost)) AS w (why, units)) AS r
        WHERE units IS NOT NULL GROUP BY units, since, until, why
    ), unit_edge AS (
        SELECT -COALESCE(u.unit, 0) AS place, e.day, r.n * e.way AS w, r.why, u.nth
        FROM unit_kind AS r
        CROSS JOIN LATERAL unnest(r.units) WITH ORDINALITY AS u (unit, nth)
        CROSS JOIN LATERAL (VALUES (r.since, 1), (r.until, -1)) AS e (day, way)
        WHERE e.day < '9999-12-31'
    ), change AS (
        SELECT hamlet_id AS place, day,
               sum(w) AS expected, sum(w) FILTER (WHERE state = 2) AS found,
               sum(w) FILTER (WHERE state = 1) AS to_decide,
               sum(w) FILTER (WHERE flags & 2 > 0) AS visited,
               sum(w) FILTER (WHERE flags & 4 > 0) AS app_opened,
               sum(w) FILTER (WHERE flags & 1 > 0) AS away,
               sum(w) FILTER (WHERE flags & 32 > 0) AS moved_in,
               sum(w) FILTER (WHERE listed = 0) AS unlisted,
               sum(w * (listed - 1)) FILTER (WHERE listed > 1) AS doubles,
               sum(w) FILTER (WHERE flags & 8 > 0) AS dead_listed,
               sum(w) FILTER (WHERE flags & 16 > 0) AS moved_listed,
               sum(w) FILTER (WHERE flags & 128 > 0) AS only_unlisted, 0 AS listings,
               0 AS records, 0 AS records_unlisted, 0 AS duplicates, 0 AS nobody_dead,
               0 AS nobody_left, 0 AS nobody_unknown, /*dated_named*/
        FROM resident_edge GROUP BY hamlet_id, day
        UNION ALL
        SELECT place, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
               sum(w) FILTER (WHERE why > -2), sum(w) FILTER (WHERE why = -2),
               sum(w) FILTER (WHERE why = -1 AND nth > 1),
               sum(w) FILTER (WHERE why = 0), sum(w) FILTER (WHERE why = 1),
               sum(w) FILTER (WHERE why = 2), /*dated_zeros*/
        FROM unit_edge GROUP BY place, day
        UNION ALL
        SELECT hamlet_id, day, /*zeros*/, /*dated*/ FROM dated_edge
    ), registered AS (
        INSERT INTO coverage_registering (hamlet, facility, day, expected, found, to_decide, app_opened)
        SELECT * FROM (
            SELECT hamlet_id, insurance_place, day, sum(w) AS expected,
                   COALESCE(sum(w) FILTER (WHERE state = 2), 0) AS found,
                   COALESCE(sum(w) FILTER (WHERE state = 1), 0) AS to_decide,
                   COALESCE(sum(w) FILTER (WHERE flags & 4 > 0), 0) AS app_opened
            FROM resident_edge GROUP BY hamlet_id, insurance_place, day
        ) AS r WHERE (expected, found, to_decide, app_opened) IS DISTINCT FROM (0, 0, 0, 0)
        RETURNING id
    ), noted AS (
        INSERT INTO /*target*/ (place, day, /*counts*/, /*dated*/)
        SELECT place, day, /*whole*/, /*dated_whole*/ FROM change WHERE /*any_or*/ OR /*dated_any*/
        RETURNING id
    )
    -- where a facility alone has changed, what waits of facilities says when to fold
    SELECT COALESCE((SELECT max(id) FROM noted), (SELECT max(id) FROM registered)) INTO newest;
    RETURN newest;
END
$body$;
    head text := $head$
CREATE FUNCTION %s(roots uuid[]) RETURNS bigint LANGUAGE plpgsql
SET search_path = public, pg_temp SET jit = off SET plan_cache_mode = %s AS $function$
#variable_conflict use_column
DECLARE
    newest bigint;
%s
$function$
$head$;
BEGIN
    EXECUTE format(head, 'coverage_recount_few', 'force_generic_plan',
                   replace(body, '/*target*/', 'coverage_pending'));
    EXECUTE format(head, 'coverage_recount_many', 'force_custom_plan SET work_mem = ''128MB'' '
            'SET enable_nestloop = off SET enable_mergejoin = off',
                   replace(body, '/*target*/', 'coverage_taken'));
    EXECUTE format(head, 'coverage_recount_share', 'force_custom_plan SET work_mem = ''128MB'' '
            'SET enable_nestloop = off SET enable_mergejoin = off',
                   replace(body, '/*target*/', 'coverage_pending'));
END
$make$;
