-- The facts that are counted tell the ledger whom they are about, once per statement.

CREATE FUNCTION coverage_fact_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.coverage_due (people)
        SELECT array_agg(person_id) FROM new_rows HAVING count(*) > 0;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.coverage_due (people)
        SELECT array_agg(person_id) FROM old_rows HAVING count(*) > 0;
    ELSE
        INSERT INTO public.coverage_due (people)
        SELECT array_agg(person_id) FROM (
            SELECT person_id FROM old_rows UNION SELECT person_id FROM new_rows
        ) AS both_rows HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END
$$;

-- What is said of somebody by their key as a label: notes of entries, and acts of verifying.
CREATE FUNCTION coverage_word_of() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO coverage_due (people)
    SELECT array_agg(DISTINCT person) FROM new_rows HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER coverage_word AFTER INSERT ON records_note
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_word_of();
CREATE TRIGGER coverage_word AFTER INSERT ON people_verification
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_word_of();
CREATE TRIGGER coverage_taken_back AFTER UPDATE ON people_verification
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_word_of();

-- The rows of a roster are counted as rows, in the hamlet they name.
CREATE FUNCTION coverage_listing_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO coverage_pending (place, day, /*counts*/, /*dated*/)
        SELECT hamlet_id, e.day, /*rows_go*/, /*dated_zeros*/
        FROM old_rows CROSS JOIN LATERAL (VALUES (since, 1), (until, -1)) AS e (day, way)
        WHERE e.day IS NOT NULL AND since < COALESCE(until, '9999-12-31')
        GROUP BY hamlet_id, e.day;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO coverage_pending (place, day, /*counts*/, /*dated*/)
        SELECT hamlet_id, e.day, /*rows_come*/, /*dated_zeros*/
        FROM new_rows CROSS JOIN LATERAL (VALUES (since, 1), (until, -1)) AS e (day, way)
        WHERE e.day IS NOT NULL AND since < COALESCE(until, '9999-12-31')
        GROUP BY hamlet_id, e.day;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION coverage_person_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    people uuid[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT root) INTO people FROM old_rows;
    ELSE
        -- planned each time: a plan kept from the change of one person would compare, when a file
        -- places all anew, everybody with everybody
        EXECUTE 'SELECT array_agg(DISTINCT r.root) FROM old_rows o JOIN new_rows n ON n.id = o.id
                 CROSS JOIN LATERAL (VALUES (o.root), (n.root)) AS r (root)
                 WHERE (o.root, o.died_on, o.birth_on, o.sex, o.ethnicity)
                       IS DISTINCT FROM (n.root, n.died_on, n.birth_on, n.sex, n.ethnicity)'
        INTO people;
    END IF;
    IF people IS NOT NULL THEN
        INSERT INTO coverage_due (people) VALUES (people);
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    fact text;
    named text;
BEGIN
    FOREACH fact IN ARRAY ARRAY['people_residence', 'people_holding', 'people_listing'] LOOP
        EXECUTE format('CREATE TRIGGER coverage_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_fact_changed()', fact);
        EXECUTE format('CREATE TRIGGER coverage_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_fact_changed()', fact);
        EXECUTE format('CREATE TRIGGER coverage_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_fact_changed()', fact);
    END LOOP;
END
$$;
CREATE TRIGGER coverage_rows_insert AFTER INSERT ON people_listing
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_listing_changed();
CREATE TRIGGER coverage_rows_update AFTER UPDATE ON people_listing
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION coverage_listing_changed();
CREATE TRIGGER coverage_rows_delete AFTER DELETE ON people_listing
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_listing_changed();
CREATE TRIGGER coverage_update AFTER UPDATE ON people_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION coverage_person_changed();
CREATE TRIGGER coverage_delete AFTER DELETE ON people_person
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_person_changed();
