-- Who was verified by whom: docs/decisions/0021. An act is taken back once, with a reason, and never
-- changed; none is removed.
CREATE FUNCTION people_verified_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    back text[] := '{taken_back_at,taken_back_by_id,why}';
BEGIN
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
