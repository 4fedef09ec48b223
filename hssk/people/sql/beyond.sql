-- Who belongs where is for whoever hands lists out there: docs/decisions/0043.
ALTER POLICY seen ON people_membership USING (
    (SELECT access_may('machine'))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person
               AND (NOT ((SELECT access_beyond('lists')) @> p.places)
                    OR (SELECT people_care_units()) <> '{}'
                       AND (SELECT true FROM people_by_basis b WHERE b.root = p.root LIMIT 1))));
