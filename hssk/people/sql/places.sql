-- Where anything ever placed somebody: the one thing that the second wall asks of a person, kept by
-- the database itself. A unit that keeps a record of them stands at its key, a hamlet where they live
-- or are listed at its key below zero, as in access/sql/scope.sql; 0 is of everybody. All who were
-- merged into one have the same.

ALTER TABLE people_person ADD COLUMN places int8multirange NOT NULL DEFAULT '{[0,1)}';

-- Whoever places people anew does so one at a time, to the end of the transaction: two that placed the
-- same people in another order would wait for each other for ever. Files are applied one by one anyway.
CREATE FUNCTION people_place_alone() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$ SELECT pg_advisory_xact_lock(72151) $$;

-- Work them out anew, for these roots.
CREATE FUNCTION people_place_again(roots uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT public.people_place_alone();
    UPDATE public.people_person p SET places = t.places FROM (
        SELECT m.root, '{[0,1)}'::int8multirange + COALESCE(
            range_agg(int8range(f.place, f.place + 1)) FILTER (WHERE f.place IS NOT NULL), '{}') AS places
        FROM public.people_person m LEFT JOIN LATERAL (
            SELECT -r.hamlet_id AS place FROM public.people_residence r WHERE r.person_id = m.id
            UNION ALL SELECT -l.hamlet_id FROM public.people_listing l WHERE l.person_id = m.id
            UNION ALL SELECT h.unit_id FROM public.people_holding h WHERE h.person_id = m.id
        ) f ON true
        WHERE m.root = ANY(roots) GROUP BY m.root
    ) t WHERE p.root = t.root AND p.places <> t.places
$$;

-- argument: the place that a fact states
CREATE FUNCTION people_place_facts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text := TG_ARGV[0];
    roots uuid[];
    anywhere_new boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- counted, and so planned for all rows: asked whether there is one, the planner hopes for the
        -- first at once, and where there is none compares everybody with everybody
        EXECUTE format(
            'SELECT count(*) > 0 FROM (SELECT person_id, %s AS place FROM new_rows) n
             JOIN public.people_person m ON m.id = n.person_id WHERE NOT m.places @> n.place',
            place) INTO anywhere_new;
        IF NOT anywhere_new THEN
            RETURN NULL;
        END IF;
        PERFORM public.people_place_alone();
        EXECUTE format(
            'UPDATE public.people_person p SET places = p.places + t.places FROM (
                SELECT m.root, range_agg(int8range(n.place, n.place + 1)) AS places
                FROM (SELECT person_id, %s AS place FROM new_rows) n
                JOIN public.people_person m ON m.id = n.person_id
                WHERE NOT m.places @> n.place GROUP BY m.root
            ) t WHERE p.root = t.root', place);
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        EXECUTE 'SELECT array_agg(DISTINCT m.root)
                 FROM old_rows o JOIN public.people_person m ON m.id = o.person_id' INTO roots;
    ELSE
        EXECUTE format(
            'SELECT array_agg(DISTINCT m.root) FROM (
                (SELECT id, person_id, %1$s FROM old_rows EXCEPT SELECT id, person_id, %1$s FROM new_rows)
                UNION ALL
                (SELECT id, person_id, %1$s FROM new_rows EXCEPT SELECT id, person_id, %1$s FROM old_rows)
            ) c JOIN public.people_person m ON m.id = c.person_id', place) INTO roots;
    END IF;
    IF roots IS NOT NULL THEN
        PERFORM public.people_place_again(roots);
    END IF;
    RETURN NULL;
END
$$;

-- Whoever is merged into somebody, or no longer, is placed with them.
CREATE FUNCTION people_place_merged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    roots uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT root) INTO roots FROM new_rows WHERE root <> id;
    ELSE
        -- planned each time: a plan kept from the change of one person would compare, when a file
        -- changes all, everybody with everybody
        EXECUTE 'SELECT array_agg(DISTINCT r.root) FROM old_rows o JOIN new_rows n ON n.id = o.id
                 CROSS JOIN LATERAL (VALUES (o.root), (n.root)) AS r (root) WHERE o.root <> n.root'
        INTO roots;
    END IF;
    IF roots IS NOT NULL THEN
        PERFORM public.people_place_again(roots);
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    fact text[];
BEGIN
    FOREACH fact SLICE 1 IN ARRAY ARRAY[
        ['people_residence', '-hamlet_id'], ['people_listing', '-hamlet_id'], ['people_holding', 'unit_id']
    ] LOOP
        EXECUTE format('CREATE TRIGGER people_places_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_place_facts(%L)', fact[1], fact[2]);
        EXECUTE format('CREATE TRIGGER people_places_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_place_facts(%L)', fact[1], fact[2]);
        EXECUTE format('CREATE TRIGGER people_places_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION people_place_facts(%L)', fact[1], fact[2]);
    END LOOP;
END
$$;
CREATE TRIGGER people_places_insert AFTER INSERT ON people_person
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_place_merged();
CREATE TRIGGER people_places_update AFTER UPDATE ON people_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION people_place_merged();

REVOKE EXECUTE ON FUNCTION people_place_again(uuid[]) FROM PUBLIC;
DO $$ BEGIN EXECUTE format('REVOKE EXECUTE ON FUNCTION people_place_again(uuid[]) FROM %I', access_role(false)); END $$;
