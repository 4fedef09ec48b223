-- When and by which duty somebody in the asker's care was looked at, by whoever does not treat, or behind a broken
-- glass: docs/decisions/0034. Asked while care is in force, by the database's own clock, of one person; it names
-- nobody who looked. Looks of clinicians are left out, for where and when somebody is treated may be what is hidden
-- from the asker; attempts turned away are no looks; a blind match and a proposal speak of whom their own writer
-- must not know, an audit of whom it may be about. `people` of a line is never told.
CREATE FUNCTION records_looks_in_care(asked uuid, most integer)
RETURNS TABLE (at timestamptz, act text, posts text, basis text, in_all bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one uuid := (SELECT p.root FROM public.people_person p WHERE p.id = asked);
BEGIN
    IF NOT public.access_may('record') OR NOT EXISTS (
        SELECT FROM public.people_by_basis b WHERE b.root = one) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT l.at, l.act::text, l.posts::text, l.basis::text, count(*) OVER ()
    FROM public.access_look l
    WHERE l.people && ARRAY(SELECT p.id FROM public.people_person p WHERE p.root = one)
    AND NOT l.refused AND l.act NOT IN ('match', 'propose', 'answer')
    AND (l.basis = 'break-glass'
         OR l.basis = 'area' AND l.posts <> '' AND strpos(l.posts, 'clinician#') = 0)
    ORDER BY l.id DESC LIMIT most;
END
$$;
