-- Births, deaths and names typed by hand, behind the second wall: docs/decisions/0019.

-- that somebody is the child of somebody is seen by who sees both
SELECT access_wall('people_birth', 'EXISTS (SELECT FROM people_person p WHERE p.id = child)
    AND EXISTS (SELECT FROM people_person p WHERE p.id = mother)');
SELECT access_wall('people_death', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');
SELECT access_wall('people_amendment', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');

-- A death is taken back and nothing else of it changes; a birth and an amendment never do.
CREATE FUNCTION people_deaths_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    open text[] := '{withdrawn_by_id,withdrawn_at,why}';
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.withdrawn_at IS NOT NULL
       OR to_jsonb(OLD) - open <> to_jsonb(NEW) - open THEN
        RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is taken back, never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_death_stays BEFORE UPDATE OR DELETE ON people_death
    FOR EACH ROW EXECUTE FUNCTION people_deaths_stay();
CREATE TRIGGER people_death_stands BEFORE TRUNCATE ON people_death
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER people_birth_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON people_birth
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER people_amendment_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON people_amendment
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
