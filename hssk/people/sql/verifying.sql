-- Who was verified by whom: docs/decisions/0021. An act is taken back once, with a reason, and never
-- changed; none is removed. Only whom it names changes, where a file was taken back and nobody has that
-- key any more: a later file has brought them under another.
CREATE FUNCTION people_verified_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    back text[] := '{taken_back_at,taken_back_by_id,why}';
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'person' = to_jsonb(NEW) - 'person'
       AND NOT EXISTS (SELECT FROM people_person p WHERE p.id = OLD.person)
       AND EXISTS (SELECT FROM people_person p WHERE p.id = NEW.person) THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' OR OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL
       OR to_jsonb(OLD) - back <> to_jsonb(NEW) - back THEN
        RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is taken back, never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_verification_stays BEFORE UPDATE OR DELETE ON people_verification
    FOR EACH ROW EXECUTE FUNCTION people_verified_stays();
CREATE TRIGGER people_verification_stands BEFORE TRUNCATE ON people_verification
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();

-- What is said of somebody visible is visible.
SELECT access_wall('people_verification', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');
