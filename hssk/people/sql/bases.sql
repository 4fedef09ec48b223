-- Bases behind the second wall, and whom they open there: docs/decisions/0012.

-- A basis is ended and nothing else, never later than it would have ended; no row goes. Whom it names
-- changes where a file was taken back and nobody has that key any more, as of acts (lives.sql).
CREATE FUNCTION people_bases_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - '{person,holder}'::text[] = to_jsonb(NEW) - '{person,holder}'::text[]
       AND NOT EXISTS (SELECT FROM (VALUES (OLD.person, NEW.person), (OLD.holder, NEW.holder)) AS k (was, will)
                       WHERE was IS DISTINCT FROM will
                         AND (was IS NULL OR will IS NULL OR EXISTS (SELECT FROM people_person p WHERE p.id = was)
                                              OR NOT EXISTS (SELECT FROM people_person p WHERE p.id = will))) THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE'
       OR to_jsonb(OLD) - '{until,ended_by_id}'::text[] <> to_jsonb(NEW) - '{until,ended_by_id}'::text[]
       OR OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until) THEN
        RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is ended, never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_basis_stays BEFORE UPDATE OR DELETE ON people_basis
    FOR EACH ROW EXECUTE FUNCTION people_bases_stay();
-- A case is confirmed once and closed once.
CREATE FUNCTION people_cases_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    open text[] := '{confirmed_by_id,confirmed_at,closed_by_id,closed_at}';
BEGIN
    IF TG_OP <> 'UPDATE' OR to_jsonb(OLD) - open <> to_jsonb(NEW) - open
       OR EXISTS (SELECT FROM unnest(open) AS word WHERE to_jsonb(OLD) ->> word <> COALESCE(to_jsonb(NEW) ->> word, '')) THEN
        RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is confirmed and closed, never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_case_stays BEFORE UPDATE OR DELETE ON people_auditcase
    FOR EACH ROW EXECUTE FUNCTION people_cases_stay();
CREATE TRIGGER people_basis_stands BEFORE TRUNCATE ON people_basis
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER people_glassreview_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON people_glassreview
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER people_auditsubject_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON people_auditsubject
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();

-- The units whose care is the asker's: those of posts to whom care opens something (access/tiers.py; a
-- test compares the roles), and those that such a unit wholly took the place of.
CREATE FUNCTION people_care_units() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    posts bigint[] := string_to_array((public.access_scope())[4], ',')::bigint[];
BEGIN
    RETURN ARRAY(
        SELECT p.unit_id FROM public.access_post p
        WHERE p.id = ANY(posts) AND p.role IN ('clinician') AND p.unit_id IS NOT NULL
        UNION
        SELECT s.old_id FROM public.access_post p
        JOIN public.places_unitsuccession s ON s.new_id = p.unit_id AND s.whole
        WHERE p.id = ANY(posts) AND p.role IN ('clinician'));
END
$$;

-- The one thing that a policy asks: the roots that bases in force open to the asker. Break-glass and
-- audit open no row at all, so nothing of them comes into any list, search or file: they have the
-- functions below, for one basis each.
-- From the person to the basis, never the other way (OFFSET): a facility has thousands in care.
CREATE VIEW people_by_basis WITH (security_barrier) AS
    SELECT p.root FROM people_person p CROSS JOIN LATERAL (
        SELECT FROM people_basis b
        WHERE b.person = p.id AND b.kind = 'care' AND b.unit_id = ANY((SELECT people_care_units())::bigint[])
        AND b.since <= statement_timestamp() AND (b.until IS NULL OR b.until > statement_timestamp())
        OFFSET 0) c;

-- Whom a break-glass opens to the asker now; NULL for any other basis, user or hour.
CREATE FUNCTION people_behind_glass(asked bigint) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT p.root FROM public.people_basis b JOIN public.people_person p ON p.id = b.person
            WHERE b.id = asked AND b.kind = 'break-glass'
            AND b.user_id = (SELECT public.access_user_asking()) AND (SELECT public.access_may('emergency'))
            AND b.since <= statement_timestamp() AND b.until > statement_timestamp());
END
$$;

-- The emergency set of that one person, and nothing else of anybody. Telephones are those stated of
-- the person, then of the head of their household now.
CREATE FUNCTION people_emergency(asked bigint)
RETURNS TABLE (name text, birth_on date, birth_precision text, sex smallint, phones text[], head text, head_phones text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one uuid := public.people_behind_glass(asked);
    home bigint;
    leader uuid;
BEGIN
    SELECT r.household_id INTO home FROM public.people_residence r
    JOIN public.people_person p ON p.id = r.person_id
    WHERE p.root = one AND r.until IS NULL AND r.household_id IS NOT NULL
    ORDER BY strpos('CTP', r.kind), r.since DESC LIMIT 1;
    SELECT p.root INTO leader FROM public.people_residence r
    JOIN public.people_person p ON p.id = r.person_id
    WHERE r.household_id = home AND r.until IS NULL AND p.root <> one
    AND regexp_replace(lower(normalize(r.relation, NFC)), '\s+', ' ', 'g') IN ('chủ hộ', 'là chủ hộ', 'chu ho', '01')
    ORDER BY r.since DESC LIMIT 1;
    RETURN QUERY
    SELECT p.name::text, p.birth_on, p.birth_precision::text, p.sex, public.people_phones(one),
           (SELECT h.name::text FROM public.people_person h WHERE h.id = leader), public.people_phones(leader)
    FROM public.people_person p WHERE p.id = one;
END
$$;

CREATE FUNCTION people_phones(one uuid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ARRAY(SELECT DISTINCT s.phone::text FROM public.people_person p
        JOIN LATERAL (SELECT l.phone FROM public.people_listing l WHERE l.person_id = p.id AND l.until IS NULL
                      UNION SELECT h.phone FROM public.people_holding h WHERE h.person_id = p.id AND h.until IS NULL
                     ) s ON s.phone <> ''
        WHERE p.root = one ORDER BY 1)
$$;

-- Who looked at those whom a case of the asker names, while its basis is in force; nobody else of
-- those looks is named.
CREATE FUNCTION people_looks_in_case(asked bigint)
RETURNS TABLE (person uuid, look bigint, at timestamptz, actor_id bigint, act text, "right" text, posts text, refused boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT b.person, l.id, l.at, l.actor_id, l.act::text, l."right"::text, l.posts::text, l.refused
    FROM public.people_basis b JOIN public.people_person k ON k.id = b.person
    JOIN public.access_look l ON l.people && ARRAY(
        SELECT p.id FROM public.people_person p WHERE p.root = k.root)
    WHERE b.case_id = asked AND b.kind = 'audit'
    AND b.user_id = (SELECT public.access_user_asking()) AND (SELECT public.access_may('cases'))
    AND b.since <= statement_timestamp() AND b.until > statement_timestamp()
    ORDER BY l.id DESC;
END
$$;

-- Bases tell of care and of families: whoever they open somebody to sees them; of broken glass also
-- who reviews it. Cases and whom they name: those who open and confirm them.
SELECT access_wall('people_basis', '(SELECT access_may(''machine'')) OR user_id = (SELECT access_user_asking())
    OR kind = ''care'' AND unit_id = ANY((SELECT people_care_units())::bigint[])
    OR kind = ''break-glass'' AND (SELECT access_may(''looks''))');
SELECT access_wall('people_glassreview', '(SELECT access_may(''machine'')) OR (SELECT access_may(''looks''))
    OR EXISTS (SELECT FROM people_basis b WHERE b.id = basis_id)');
SELECT access_wall('people_auditcase', '(SELECT access_may(''machine'')) OR (SELECT access_may(''cases''))');
SELECT access_wall('people_auditsubject', '(SELECT access_may(''machine'')) OR (SELECT access_may(''cases''))');

-- Whoever care opens is visible, and with them what is said of them. Asked of those alone whom the area
-- does not show, and of nobody where the asker has no care; one by one (LIMIT keeps the planner from
-- listing everybody in care for the sake of one row).
DO $$
DECLARE
    by_area text := (SELECT pg_get_expr(polqual, polrelid) FROM pg_policy
                     WHERE polrelid = 'people_person'::regclass AND polname = 'seen');
BEGIN
    EXECUTE format('ALTER POLICY seen ON people_person USING (%s
        OR (SELECT people_care_units()) <> ''{}''
        AND (SELECT true FROM people_by_basis b WHERE b.root = people_person.root LIMIT 1))', by_area);
END $$;
