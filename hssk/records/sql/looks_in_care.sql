-- When and from where somebody in the asker's care was looked at: docs/decisions/0034. Asked while care is
-- in force, by the database's own clock, of one person; it names nobody who looked. What was turned away is no
-- look; a blind match and a proposal speak of whom their own writer must not know, an audit of whom it may be
-- about; what people do in their own booklet or that of a child is theirs. `people` of a line is never told.
CREATE FUNCTION records_looks_in_care(asked uuid, most integer)
RETURNS TABLE (at timestamptz, act text, posts text, basis text, own boolean, in_all bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one uuid := (SELECT p.root FROM public.people_person p WHERE p.id = asked);
BEGIN
    IF NOT public.access_may('record') OR NOT EXISTS (
        SELECT FROM public.people_by_basis b WHERE b.root = one) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT l.at, l.act::text, l.posts::text, l.basis::text,
           l.actor_id = (SELECT public.access_user_asking()), count(*) OVER ()
    FROM public.access_look l
    WHERE l.people && ARRAY(SELECT p.id FROM public.people_person p WHERE p.root = one)
    AND NOT l.refused AND l.act NOT IN ('match', 'propose', 'answer')
    AND l.basis IN ('area', 'care', 'break-glass')
    ORDER BY l.id DESC LIMIT most;
END
$$;
