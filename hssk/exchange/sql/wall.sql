-- Rows of files and what was decided of them, behind the second wall: docs/decisions/0010.

-- Whether a row came in a file of the scope's units, or is about somebody visible to it.
CREATE FUNCTION exchange_row_seen(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := access_live_scope();
BEGIN
    RETURN words IS NOT NULL AND (
        EXISTS (SELECT FROM public.exchange_sourcerow r JOIN public.exchange_batch b ON b.id = r.batch_id
                WHERE r.id = asked AND public.access_has(decode(words[7], 'hex'), b.unit_id))
        OR EXISTS (SELECT FROM public.exchange_linkdecision d
                   WHERE d.row_id = asked AND public.people_seen_as(d.person)));
END
$$;

SELECT access_wall('exchange_sourcerow', '(SELECT access_all()) OR exchange_row_seen(id)');
SELECT access_wall('exchange_linkdecision', '(SELECT access_all()) OR exchange_row_seen(row_id)');
-- a verdict names two rows by their content alone, and orders the questions of everybody
SELECT access_wall('exchange_review', '(SELECT access_user_asking()) IS NOT NULL');
