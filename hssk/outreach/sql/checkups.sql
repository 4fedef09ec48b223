-- People examined in a check-up that began after one day and no later than another, of those who live in these hamlets
-- on the later one: by the group they are counted in (the first of those stated, '' for none) and by out of whose
-- money, by group alone, and altogether. Everybody counts once, by their latest check-up; `numbered` are those of whom
-- a personal number is known, without which nothing of them reaches the national book. As the owner: for whom a check-up
-- was held lies behind the wall. Exact, so for whoever sees the rows there; of hamlets outside the scope, nothing.
CREATE FUNCTION outreach_checkups(after date, upto date, here bigint[])
RETURNS TABLE (whole boolean, grp text, by_group boolean, paid text, people bigint, numbered bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    IF NOT (public.access_may('rows') OR public.access_is_machine()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'exact figures are told to who may see rows';
    END IF;
    RETURN QUERY
    WITH examined AS (
        SELECT DISTINCT ON (c.person_id) c.person_id, split_part(k.groups, ';', 1) AS grp, k.paid::text AS paid
        FROM public.records_entry e
        JOIN LATERAL (
            -- a check-up that is sent again may say the same of the person and name another group
            SELECT s.groups, s.paid FROM public.exchange_checkup s
            JOIN public.exchange_linkdecision d ON d.row_id = s.row_id AND d.decision <> 'ask'
            JOIN public.exchange_sourcerow r ON r.id = s.row_id
            JOIN public.exchange_batch b ON b.id = r.batch_id AND b.state = 'applied'
            WHERE s.visit = e.entry ORDER BY b.applied_at DESC, s.row_id DESC LIMIT 1
        ) k ON true
        JOIN public.people_person p ON p.id = e.person
        JOIN public.coverage_row c ON c.person_id = p.root AND c.since <= upto AND c.until > upto
        WHERE e.kind = 'Encounter' AND e.on > after AND e.on <= upto
          AND e.replaced_at IS NULL AND NOT e.withdrawn
          AND c.hamlet_id = ANY(here)
          AND ((SELECT public.access_is_machine()) OR NOT ((SELECT public.access_outside()) @> -c.hamlet_id))
        ORDER BY c.person_id, e.on DESC, e.row DESC
    )
    SELECT grouping(x.grp) = 1, x.grp, grouping(x.paid) = 1, x.paid, count(*), count(*) FILTER (WHERE EXISTS (
        SELECT FROM public.people_person o JOIN public.people_identifier i ON i.person_id = o.id
        WHERE o.root = x.person_id AND i.kind = 'pid' AND i.status IN ('stated', 'verified')))
    FROM examined x GROUP BY GROUPING SETS ((x.grp, x.paid), (x.grp), (x.paid), ());
END
$$;
