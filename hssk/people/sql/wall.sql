-- Who is visible to a scope, and with whom all that is said of them: see docs/decisions/0010.

-- A judge: the roots of all who ever lived in, were listed in, or had a record kept in the scope's
-- hamlets and units. It reads as the owner, and so is no way round the policies that ask it; it tells
-- keys, and only those that the scope opens.
CREATE VIEW people_in_scope WITH (security_barrier) AS
    WITH scope AS MATERIALIZED (SELECT access_area() AS area)
    SELECT p.root FROM people_person p JOIN people_residence r ON r.person_id = p.id
    WHERE access_has_hamlet((SELECT area FROM scope), r.hamlet_id)
    UNION ALL
    SELECT p.root FROM people_person p JOIN people_listing l ON l.person_id = p.id
    WHERE access_has_hamlet((SELECT area FROM scope), l.hamlet_id)
    UNION ALL
    SELECT p.root FROM people_person p JOIN people_holding h ON h.person_id = p.id
    WHERE access_has_unit((SELECT area FROM scope), h.unit_id);

SELECT access_wall('people_person', 'access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM people_in_scope s WHERE s.root = people_person.root)');
-- what is said of somebody visible is visible
SELECT access_wall('people_identifier', 'access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_residence', 'access_has_hamlet((SELECT access_area()), hamlet_id)
    OR access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_listing', 'access_has_hamlet((SELECT access_area()), hamlet_id)
    OR access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_holding', 'access_has_unit((SELECT access_area()), unit_id)
    OR access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_merge', 'access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM people_person p WHERE p.id IN (people_merge.keep, people_merge.drop))');
