-- What prevention needs is read where the right to the record is held, or by care; a post without it
-- shows the person and what the register knows, whatever its holder may read elsewhere: docs/decisions/0043.
ALTER POLICY seen ON records_entry USING (
    (SELECT access_may('machine')) OR author_id = (SELECT access_user_asking())
    OR tier <= 2 AND EXISTS (
        SELECT FROM people_person p WHERE p.id = person
        AND (tier = 0 OR tier = 1 AND NOT ((SELECT access_beyond('record')) @> p.places)
             OR (SELECT people_care_units()) <> '{}'
                AND (SELECT true FROM people_by_basis b WHERE b.root = p.root LIMIT 1))));
