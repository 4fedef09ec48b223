-- The residents of these hamlets on a day by their state, whether their book is open, what came of going to them
-- last, and what the latest contact that says it says of their telephone; as figures. Contacts are asked of whom
-- anybody went to; everybody else is what the numbers of the ledger leave. As the owner: contacts and the ledger lie
-- behind the wall, and this tells how many alone.
CREATE FUNCTION outreach_left(asked date, here bigint[])
RETURNS TABLE (hamlet bigint, state smallint, opened boolean, reason text, device text, people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    IF NOT (public.access_may('figures') OR public.access_is_machine()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'figures are told to who may see figures';
    END IF;
    RETURN QUERY
    WITH contact AS (
        SELECT p.root, t.kind, t.on, t.at, t.id,
               t.kind IN ('no-phone', 'phone-unfit', 'book-opened') AS of_device
        FROM public.outreach_contact t JOIN public.people_person p ON p.id = t.person
        WHERE t.taken_back_at IS NULL AND t.on <= asked
    ), latest AS (
        SELECT DISTINCT ON (root) root, kind FROM contact ORDER BY root, contact.on DESC, at DESC, id DESC
    ), device AS (
        SELECT DISTINCT ON (root) root, kind FROM contact WHERE of_device
        ORDER BY root, contact.on DESC, at DESC, id DESC
    ), told AS (
        SELECT c.hamlet_id, c.state, c.flags & 4 > 0 AS opened, l.kind AS reason, d.kind AS device, count(*) AS n
        FROM latest l LEFT JOIN device d ON d.root = l.root
        JOIN public.coverage_row c ON c.person_id = l.root
        WHERE c.hamlet_id = ANY(here) AND c.since <= asked AND c.until > asked
        GROUP BY 1, 2, 3, 4, 5
    ), whole AS (
        SELECT o.place AS hamlet_id, v.state::smallint AS state, v.opened, v.n
        FROM public.coverage_on(asked) o
        CROSS JOIN LATERAL (VALUES
            (0, false, o.expected - o.found - o.to_decide), (1, false, o.to_decide),
            (2, false, o.found - o.app_opened), (2, true, o.app_opened)
        ) AS v (state, opened, n)
        WHERE o.place = ANY(here)
    ), met AS (
        SELECT hamlet_id, state, opened, sum(n) AS n FROM told GROUP BY 1, 2, 3
    )
    SELECT hamlet_id, state, opened, reason::text, COALESCE(device, '')::text, n FROM told
    UNION ALL
    SELECT w.hamlet_id, w.state, w.opened, '', '', w.n - COALESCE(m.n, 0)::bigint
    FROM whole w LEFT JOIN met m USING (hamlet_id, state, opened)
    WHERE w.n > COALESCE(m.n, 0);
END
$$;
