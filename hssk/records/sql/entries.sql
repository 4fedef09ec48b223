-- What of an entry may change, and who sees it: docs/decisions/0017.

-- A version is replaced once, at a moment; with the file that replaced it taken back, it stands again.
-- It goes only with the file that brought it. What somebody typed is about somebody else only where a
-- file was taken back and nobody has that key any more: a later file has brought them under another.
CREATE FUNCTION records_entries_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND to_jsonb(OLD) - 'replaced_at' = to_jsonb(NEW) - 'replaced_at'
       AND (OLD.replaced_at IS NULL) <> (NEW.replaced_at IS NULL) THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' AND OLD.source IS NOT NULL THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND OLD.source IS NULL
       AND to_jsonb(OLD) - 'person' = to_jsonb(NEW) - 'person'
       AND NOT EXISTS (SELECT FROM people_person p WHERE p.id = OLD.person)
       AND EXISTS (SELECT FROM people_person p WHERE p.id = NEW.person) THEN
        RETURN NEW;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is appended to, never changed';
END
$$;
CREATE TRIGGER records_entry_stays BEFORE UPDATE OR DELETE ON records_entry
    FOR EACH ROW EXECUTE FUNCTION records_entries_stay();
CREATE TRIGGER records_entry_stands BEFORE TRUNCATE ON records_entry
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();

-- Tiers are those of records/rules/sections.py: 0 register, 1 preventive, 2 routine, 3 sensitive. Who
-- wrote an entry keeps it; a sensitive one is nobody else's. What the register knows goes with the person;
-- by area a clinician has what prevention needs; by care the routine record too, asked person by
-- person (LIMIT), as people_person is. An act that corrects an entry reaches it as the machine.
SELECT access_wall('records_entry',
    '(SELECT access_may(''machine'')) OR author_id = (SELECT access_user_asking())
    OR tier <= (SELECT CASE WHEN access_may(''record'') THEN 1 ELSE 0 END)
       AND EXISTS (SELECT FROM people_person p WHERE p.id = person)
    OR tier = 2 AND (SELECT people_care_units()) <> ''{}''
       AND (SELECT true FROM people_person p JOIN people_by_basis b ON b.root = p.root
            WHERE p.id = person LIMIT 1)');
