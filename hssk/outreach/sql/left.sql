-- The residents of these hamlets on a day by their state, whether their book is open, what came of going to them
-- last, and what the latest contact that says it says of their telephone; as figures. As the owner: contacts and
-- the ledger lie behind the wall, and this tells how many alone.
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
    )
    SELECT c.hamlet_id, c.state, c.flags & 4 > 0, COALESCE(l.kind, '')::text,
           COALESCE(d.kind, '')::text, count(*)
    FROM public.coverage_row c
    LEFT JOIN latest l ON l.root = c.person_id LEFT JOIN device d ON d.root = c.person_id
    WHERE c.hamlet_id = ANY(here) AND c.since <= asked AND c.until > asked
    GROUP BY 1, 2, 3, 4, 5;
END
$$;
