-- What prevention needs is read where the right to the record is held, or by care; a post without it
-- shows the person and what the register knows, whatever its holder may read elsewhere: docs/decisions/0043.
ALTER POLICY seen ON records_entry USING (
    (SELECT access_may('machine')) OR author_id = (SELECT access_user_asking())
    OR tier = 0 AND EXISTS (SELECT FROM people_person p WHERE p.id = person)
    OR tier = 1 AND EXISTS (SELECT FROM people_person p WHERE p.id = person
                            AND NOT ((SELECT access_beyond('record')) @> p.places))
    OR tier IN (1, 2) AND (SELECT people_care_units()) <> '{}'
       AND (SELECT true FROM people_person p JOIN people_by_basis b ON b.root = p.root
            WHERE p.id = person LIMIT 1));
