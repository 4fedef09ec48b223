-- Visits that began after one day and no later than another, of those who live in these hamlets on the later one,
-- as figures: by kind of visit and by what the file says of insurance (NULL where somebody typed the visit, which
-- says nothing of it), by kind alone, and altogether. A check-up that the insurance paid for comes as a claim of the same
-- number, too: it is one visit, and counts as the claim. As the owner: what a file says of a card lies behind the
-- wall. Exact, so for whoever sees the rows there; of hamlets outside the scope that asks, nothing.
CREATE OR REPLACE FUNCTION outreach_visits(after date, upto date, here bigint[])
RETURNS TABLE (whole boolean, code text, by_code boolean, insured boolean, visits bigint, people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    IF NOT (public.access_may('rows') OR public.access_is_machine()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'exact figures are told to who may see rows';
    END IF;
    RETURN QUERY
    WITH visit AS (
        SELECT c.person_id,
               CASE WHEN e.source IS NOT NULL THEN e.code::text END AS kind,
               CASE WHEN e.source IS NOT NULL THEN EXISTS (
                   SELECT FROM public.exchange_sourcerow r
                   WHERE r.id = e.row AND COALESCE(r.facts::json->>'card', r.facts::json->>'bhxh', '') <> ''
               ) END AS insured
        FROM public.records_entry e
        JOIN public.people_person p ON p.id = e.person
        JOIN public.coverage_row c ON c.person_id = p.root AND c.since <= upto AND c.until > upto
        WHERE e.kind = 'Encounter' AND e.on > after AND e.on <= upto
          AND e.replaced_at IS NULL AND NOT e.withdrawn
          AND NOT EXISTS (
              SELECT FROM public.exchange_checkup k
              JOIN public.exchange_claim m ON m.row_id = k.row_id
              JOIN public.exchange_claim o ON o.facility = m.facility AND o.code = m.code AND o.visit <> m.visit
              JOIN public.records_entry v ON v.entry = o.visit AND v.person = e.person
                AND v.replaced_at IS NULL AND NOT v.withdrawn
              WHERE k.visit = e.entry AND m.code <> ''
          )
          AND c.hamlet_id = ANY(here)
          AND ((SELECT public.access_is_machine()) OR NOT ((SELECT public.access_outside()) @> -c.hamlet_id))
    )
    SELECT grouping(v.kind) = 1, v.kind, grouping(v.insured) = 1, v.insured, count(*), count(DISTINCT v.person_id)
    FROM visit v GROUP BY GROUPING SETS ((v.kind, v.insured), (v.kind), ());
END
$$;
