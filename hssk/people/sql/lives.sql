-- Births, deaths and names typed by hand, behind the second wall: docs/decisions/0020.

-- that somebody is the child of somebody is seen by who sees both
SELECT access_wall('people_birth', 'EXISTS (SELECT FROM people_person p WHERE p.id = child)
    AND EXISTS (SELECT FROM people_person p WHERE p.id = mother)');
SELECT access_wall('people_death', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');
SELECT access_wall('people_stranger', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');
SELECT access_wall('people_amendment', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');

-- A death is taken back, once, and nothing else of any act changes; but for whom it names when a file
-- was taken back and nobody has that key any more: a later file has brought them under another.
-- arguments: the columns that name somebody, and those that taking back fills
CREATE FUNCTION people_acts_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    labels text[] := TG_ARGV[0]::text[];
    open text[] := TG_ARGV[1]::text[];
    was jsonb := to_jsonb(OLD);
    will jsonb := to_jsonb(NEW);
BEGIN
    IF TG_OP <> 'UPDATE' OR was - labels - open <> will - labels - open
       OR COALESCE(was ->> 'withdrawn_at', was ->> 'told_at') IS NOT NULL AND was - labels <> will - labels
       OR EXISTS (SELECT FROM unnest(labels) AS word JOIN public.people_person p ON p.id = (was ->> word)::uuid
                  WHERE was ->> word <> will ->> word) THEN
        RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is taken back, never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_birth_stays BEFORE UPDATE OR DELETE ON people_birth
    FOR EACH ROW EXECUTE FUNCTION people_acts_stay('{child,mother}', '{}');
CREATE TRIGGER people_death_stays BEFORE UPDATE OR DELETE ON people_death
    FOR EACH ROW EXECUTE FUNCTION people_acts_stay('{person}', '{withdrawn_by_id,withdrawn_at,why}');
CREATE TRIGGER people_amendment_stays BEFORE UPDATE OR DELETE ON people_amendment
    FOR EACH ROW EXECUTE FUNCTION people_acts_stay('{person}', '{}');
CREATE TRIGGER people_stranger_stays BEFORE UPDATE OR DELETE ON people_stranger
    FOR EACH ROW EXECUTE FUNCTION people_acts_stay('{person}', '{told_by_id,told_at}');
CREATE TRIGGER people_stranger_stands BEFORE TRUNCATE ON people_stranger
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER people_birth_stands BEFORE TRUNCATE ON people_birth
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER people_death_stands BEFORE TRUNCATE ON people_death
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER people_amendment_stands BEFORE TRUNCATE ON people_amendment
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
