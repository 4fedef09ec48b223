-- Whom the register states to be registered for first contact with a facility that is no commune's
-- station, and the officers of such facilities: docs/decisions/0028.

-- The facilities of which the asker is the officer of first contact; none for whoever holds a post of
-- another kind besides, so that no right of that one reaches whom this one shows.
CREATE FUNCTION people_facilities() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    posts bigint[] := string_to_array((public.access_scope())[4], ',')::bigint[];
BEGIN
    IF EXISTS (SELECT FROM public.access_post p WHERE p.id = ANY(posts) AND p.role NOT IN ('first-contact')) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(SELECT p.facility_id FROM public.access_post p
                 WHERE p.id = ANY(posts) AND p.role IN ('first-contact') AND p.facility_id IS NOT NULL);
END
$$;

-- With which facility the register states somebody (a root) to be registered now: what the lists that
-- name them say, else their records, as the ledger reads it (coverage/sql/recount.sql). NULL for the
-- station of a commune and for a code that is no facility's. To the machine, and to the officer of that
-- facility; to anybody else nobody is registered anywhere.
CREATE FUNCTION people_registered_at(asked uuid) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    machine boolean := public.access_is_machine() OR public.access_may('machine');
    mine bigint[] := '{}';
    found bigint;
BEGIN
    IF NOT machine THEN
        mine := public.people_facilities();
        IF mine = '{}' THEN
            RETURN NULL;
        END IF;
    END IF;
    SELECT f.id INTO found FROM public.places_facility f
    WHERE f.unit_id IS NULL AND f.code = COALESCE(
        NULLIF((SELECT max(l.insurance_place) FROM public.people_person p
                JOIN public.people_listing l ON l.person_id = p.id AND l.until IS NULL
                WHERE p.root = asked), ''),
        (SELECT max(h.insurance_place) FROM public.people_person p
         JOIN public.people_holding h ON h.person_id = p.id AND h.until IS NULL
         WHERE p.root = asked));
    RETURN CASE WHEN machine OR found = ANY(mine) THEN found END;
END
$$;

-- Whoever is registered with a facility of the asker's is visible, and with them what the register says
-- of them. Asked one by one, of those alone whom nothing else shows, where the asker has a facility.
DO $$
DECLARE
    before text := (SELECT pg_get_expr(polqual, polrelid) FROM pg_policy
                    WHERE polrelid = 'people_person'::regclass AND polname = 'seen');
BEGIN
    EXECUTE format('ALTER POLICY seen ON people_person USING (%s
        OR (SELECT people_facilities()) <> ''{}'' AND people_registered_at(root) IS NOT NULL)', before);
END $$;
