-- What is stated is stated of somebody who is there. Checked once per command and not row by row:
-- a file brings a hundred thousand statements, and a key would take as long as writing them.
-- Files are applied and undone one at a time, so no other command removes a person meanwhile.

CREATE FUNCTION people_are_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows n
               WHERE NOT EXISTS (SELECT FROM people_person p WHERE p.id = n.person_id)) THEN
        RAISE foreign_key_violation USING MESSAGE = TG_TABLE_NAME || ' speaks of nobody who is there';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION people_are_silent() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    fact text;
    spoken_of boolean;
BEGIN
    FOREACH fact IN ARRAY ARRAY['people_listing', 'people_holding', 'people_identifier'] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM old_rows o JOIN %I f ON f.person_id = o.id)', fact)
        INTO spoken_of;
        IF spoken_of THEN
            RAISE foreign_key_violation USING MESSAGE = fact || ' speaks of a person to be removed';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    fact text;
BEGIN
    FOREACH fact IN ARRAY ARRAY['people_listing', 'people_holding', 'people_identifier'] LOOP
        EXECUTE format('CREATE TRIGGER people_there AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_are_there()', fact);
        EXECUTE format('CREATE TRIGGER people_there_still AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_are_there()', fact);
    END LOOP;
END
$$;
CREATE TRIGGER people_silent AFTER DELETE ON people_person
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION people_are_silent();
