-- Who objected to lists is visible with the person; an objection is taken back once, never changed.
CREATE TRIGGER people_objection_stays BEFORE UPDATE OR DELETE ON people_objection
    FOR EACH ROW EXECUTE FUNCTION people_verified_stays();
CREATE TRIGGER people_objection_stands BEFORE TRUNCATE ON people_objection
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
SELECT access_wall('people_objection', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');
