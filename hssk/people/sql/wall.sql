-- Who is visible to a scope, and with whom all that is said of them: see docs/decisions/0010.

-- who lives in the scope's hamlets, or of whom they are the last to know, in one look at the row itself
SELECT access_wall('people_person', 'NOT ((SELECT access_outside()) @> places)');
-- what is said of somebody visible is visible; what a place's own lists and records say stays with it,
-- whoever it is about and wherever they live by now
SELECT access_wall('people_identifier', 'EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_residence', 'NOT ((SELECT access_outside()) @> -hamlet_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_listing', 'NOT ((SELECT access_outside()) @> -hamlet_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_holding', 'NOT ((SELECT access_outside()) @> unit_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person_id)');
SELECT access_wall('people_merge',
    'EXISTS (SELECT FROM people_person p WHERE p.id IN (people_merge.keep, people_merge.drop))');
