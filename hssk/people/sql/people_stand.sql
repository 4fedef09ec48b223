-- What is stated is stated of somebody who is there, and people live where there is a place.
-- Checked once per command and not row by row: a file brings a hundred thousand facts, and keys
-- would take as long as writing them. Files are applied and undone one at a time, so no other
-- command takes away meanwhile what this one points at.

CREATE FUNCTION people_are_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    strangers bigint;
BEGIN
    -- planned each time, and for all rows: a thousand rows by hashing, one by the key
    EXECUTE 'SELECT count(*) FROM new_rows n LEFT JOIN people_person p ON p.id = n.person_id
             WHERE p.id IS NULL' INTO strangers;
    IF strangers > 0 THEN
        RAISE foreign_key_violation USING MESSAGE = TG_TABLE_NAME || ' speaks of nobody who is there';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION people_homes_are_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT hamlet_id FROM new_rows) n
               WHERE NOT EXISTS (SELECT FROM places_hamlet h WHERE h.id = n.hamlet_id))
    OR EXISTS (SELECT FROM (SELECT DISTINCT household_id FROM new_rows) n
               WHERE n.household_id IS NOT NULL
                 AND NOT EXISTS (SELECT FROM places_household h WHERE h.id = n.household_id)) THEN
        RAISE foreign_key_violation USING MESSAGE = TG_TABLE_NAME || ' names a place that is not there';
    END IF;
    RETURN NULL;
END
$$;

-- arguments: pairs of a table of facts and its column that may point at what is removed
CREATE FUNCTION people_are_silent() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    spoken_of boolean;
BEGIN
    FOR n IN 0 .. TG_NARGS - 2 BY 2 LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM old_rows o JOIN %I f ON f.%I = o.id)',
                       TG_ARGV[n], TG_ARGV[n + 1]) INTO spoken_of;
        IF spoken_of THEN
            RAISE foreign_key_violation
                USING MESSAGE = TG_ARGV[n] || ' speaks of what is to be removed from ' || TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    fact text;
BEGIN
    FOREACH fact IN ARRAY ARRAY['people_residence', 'people_listing', 'people_holding', 'people_identifier'] LOOP
        EXECUTE format('CREATE TRIGGER people_there AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_are_there()', fact);
        EXECUTE format('CREATE TRIGGER people_there_still AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_are_there()', fact);
    END LOOP;
END
$$;
CREATE TRIGGER people_homes AFTER INSERT ON people_residence
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_homes_are_there();
CREATE TRIGGER people_homes_still AFTER UPDATE ON people_residence
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_homes_are_there();
CREATE TRIGGER people_silent AFTER DELETE ON people_person
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION people_are_silent(
        people_residence, person_id, people_listing, person_id, people_holding, person_id,
        people_identifier, person_id);
CREATE TRIGGER people_silent AFTER DELETE ON places_hamlet
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT
    EXECUTE FUNCTION people_are_silent(people_residence, hamlet_id);
CREATE TRIGGER people_silent AFTER DELETE ON places_household
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT
    EXECUTE FUNCTION people_are_silent(people_residence, household_id);
