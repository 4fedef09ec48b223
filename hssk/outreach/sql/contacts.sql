-- What came of going to people: visible with the person; withdrawn once, never changed and never removed
-- (docs/decisions/0025).
CREATE TRIGGER outreach_contact_stays BEFORE UPDATE OR DELETE ON outreach_contact
    FOR EACH ROW EXECUTE FUNCTION people_verified_stays();
CREATE TRIGGER outreach_contact_stands BEFORE TRUNCATE ON outreach_contact
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
SELECT access_wall('outreach_contact', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');
