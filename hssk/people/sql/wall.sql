-- Who is visible to a scope, and with whom all that is said of them: see docs/decisions/0010.

-- Whether somebody, by the root after merges, ever lived in, was listed in, or had a record kept in
-- the scope's hamlets and units. It tells nothing that the scope does not open.
CREATE FUNCTION people_seen(asked uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := access_live_scope();
    hamlets bytea := decode(words[6], 'hex');
    units bytea := decode(words[7], 'hex');
    member uuid;
BEGIN
    IF words IS NULL THEN
        RETURN false;
    END IF;
    FOR member IN SELECT p.id FROM public.people_person p WHERE p.root = asked LOOP
        IF EXISTS (SELECT FROM public.people_residence r
                   WHERE r.person_id = member AND public.access_has(hamlets, r.hamlet_id))
        OR EXISTS (SELECT FROM public.people_listing l
                   WHERE l.person_id = member AND public.access_has(hamlets, l.hamlet_id))
        OR EXISTS (SELECT FROM public.people_holding h
                   WHERE h.person_id = member AND public.access_has(units, h.unit_id)) THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$$;

CREATE FUNCTION people_seen_as(member uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT COALESCE((SELECT public.people_seen(p.root) FROM public.people_person p
                     WHERE p.id = member), false)
$$;

SELECT access_wall('people_person', '(SELECT access_all()) OR people_seen(root)');
SELECT access_wall('people_identifier', '(SELECT access_all()) OR people_seen_as(person_id)');
SELECT access_wall('people_residence',
    'access_has((SELECT access_hamlets()), hamlet_id) OR people_seen_as(person_id)');
SELECT access_wall('people_listing',
    'access_has((SELECT access_hamlets()), hamlet_id) OR people_seen_as(person_id)');
SELECT access_wall('people_holding',
    'access_has((SELECT access_units()), unit_id) OR people_seen_as(person_id)');
SELECT access_wall('people_merge',
    '(SELECT access_all()) OR people_seen_as(keep) OR people_seen_as(drop)');
