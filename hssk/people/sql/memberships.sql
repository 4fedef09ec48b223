-- Who belongs where is visible with the person, to whoever hands lists out or works from them; an
-- organisation's contact sees figures and no row: docs/decisions/0030.
SELECT access_wall('people_membership',
    '(SELECT access_may(''lists'')) AND EXISTS (SELECT FROM people_person p WHERE p.id = person)
    OR (SELECT access_may(''machine''))');
