-- Who is visible to a scope, and with whom all that is said of them: see docs/decisions/0010.

-- whom anything ever placed in the scope's hamlets and units, in one look at the row itself
SELECT access_wall('people_person', 'NOT ((SELECT access_outside()) @> places)');
-- what is said of somebody visible is visible; what is said here is seen without asking of whom
SELECT access_wall('people_identifier', 'EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_residence', 'NOT ((SELECT access_outside()) @> -hamlet_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_listing', 'NOT ((SELECT access_outside()) @> -hamlet_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_holding', 'NOT ((SELECT access_outside()) @> unit_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_merge',
    'EXISTS (SELECT FROM people_person p WHERE p.id IN (people_merge.keep, people_merge.drop))');
