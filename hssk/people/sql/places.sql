-- Where somebody's area is: the one thing that the second wall asks of a person, kept by the database
-- itself, as ranges of the line of places (access/sql/scope.sql: a unit stands at its key, a hamlet at
-- its key below zero). Whoever lives somewhere is of the hamlets where they live, all of them, and of
-- nowhere else, whatever lists and records of other places say. Of whoever lives nowhere are the
-- hamlets where they lived last and those that list them, the units that keep a record of them, and 0,
-- which nobody reaches but by a scope of everything. All who were merged into one have the same.

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
        SELECT root, CASE WHEN min(last) = 'infinity' THEN '{}' ELSE '{[0,1)}' END::int8multirange
               + COALESCE(range_agg(int8range(place, place + 1)) FILTER (
                     WHERE place IS NOT NULL AND (until = last OR until IS NULL AND last IS DISTINCT FROM 'infinity')
                 ), '{}') AS places
        FROM (
            SELECT m.root, f.place, f.until, max(f.until) OVER (PARTITION BY m.root) AS last
            FROM public.people_person m LEFT JOIN LATERAL (
                SELECT -r.hamlet_id AS place, COALESCE(r.until, 'infinity') AS until
                FROM public.people_residence r WHERE r.person_id = m.id
                UNION ALL SELECT -l.hamlet_id, NULL FROM public.people_listing l WHERE l.person_id = m.id
                UNION ALL SELECT h.unit_id, NULL FROM public.people_holding h WHERE h.person_id = m.id
            ) f ON true
            WHERE m.root = ANY(roots)
        ) said GROUP BY root
    ) t WHERE p.root = t.root AND p.places <> t.places
$$;

-- arguments: the place that a fact states; of whom such new facts say something new, as a condition on
-- the person `m` and the fact `n`; what else of a fact counts when it changes
CREATE FUNCTION people_place_facts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told text := TG_ARGV[0] || ' AS place, ' || TG_ARGV[2] || ' AS until';
    changed text;
    roots uuid[];
BEGIN
    -- planned each time: a plan kept from the change of one person would compare, when a file changes
    -- all, everybody with everybody
    changed := CASE TG_OP WHEN 'DELETE' THEN 'SELECT person_id FROM old_rows'
        WHEN 'INSERT' THEN format(
            'SELECT n.person_id FROM (SELECT person_id, %s FROM new_rows) n
             JOIN public.people_person m ON m.id = n.person_id WHERE %s', told, TG_ARGV[1])
        ELSE format(
            '(SELECT person_id, id, %1$s FROM old_rows EXCEPT SELECT person_id, id, %1$s FROM new_rows)
             UNION ALL
             (SELECT person_id, id, %1$s FROM new_rows EXCEPT SELECT person_id, id, %1$s FROM old_rows)',
            told) END;
    EXECUTE 'SELECT array_agg(DISTINCT m.root) FROM (' || changed || ') AS c
             JOIN public.people_person m ON m.id = c.person_id' INTO roots;
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
    -- a home says nothing new of whom it alone places; a list or a record, of whoever lives somewhere
    FOREACH fact SLICE 1 IN ARRAY ARRAY[
        ['people_residence', '-hamlet_id', 'n.until IS NOT NULL OR m.places <> int8multirange(int8range(n.place, n.place + 1))', 'until'],
        ['people_listing', '-hamlet_id', 'm.places @> 0::bigint AND NOT m.places @> n.place', 'NULL::date'],
        ['people_holding', 'unit_id', 'm.places @> 0::bigint AND NOT m.places @> n.place', 'NULL::date']
    ] LOOP
        EXECUTE format('CREATE TRIGGER people_places_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_place_facts(%L, %L, %L)', fact[1], fact[2], fact[3], fact[4]);
        EXECUTE format('CREATE TRIGGER people_places_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_place_facts(%L, %L, %L)', fact[1], fact[2], fact[3], fact[4]);
        EXECUTE format('CREATE TRIGGER people_places_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION people_place_facts(%L, %L, %L)', fact[1], fact[2], fact[3], fact[4]);
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
