-- A mark of the places as they stand: another number whenever a unit, a succession or a hamlet has
-- changed, so that what was worked out from them may be kept until then. Each statement that writes
-- them leaves a random number, and the mark is all of them together: nobody waits for anybody, what
-- was rolled back is gone, and no two states of any database share one.

CREATE TABLE places_touched (mark bigint NOT NULL);

CREATE FUNCTION places_mark() RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT COALESCE(bit_xor(mark), 0) FROM places_touched
$$;

CREATE FUNCTION places_touch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM places_touched) > 100 THEN
        DELETE FROM places_touched WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM places_touched FOR UPDATE SKIP LOCKED));
    END IF;
    INSERT INTO places_touched VALUES (hashtextextended(gen_random_uuid()::text, 0));
    RETURN NULL;
END
$$;

CREATE TRIGGER places_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON places_unit
    FOR EACH STATEMENT EXECUTE FUNCTION places_touch();
CREATE TRIGGER places_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON places_unitsuccession
    FOR EACH STATEMENT EXECUTE FUNCTION places_touch();
CREATE TRIGGER places_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON places_hamlet
    FOR EACH STATEMENT EXECUTE FUNCTION places_touch();
INSERT INTO places_touched VALUES (hashtextextended(gen_random_uuid()::text, 0));
