-- The wall of entries as beyond.sql has it, which asks for care as every wall does by now.
ALTER POLICY seen ON records_entry USING (
    (SELECT access_may('machine')) OR author_id = (SELECT access_user_asking())
    OR tier <= 2 AND EXISTS (
        SELECT FROM people_person p WHERE p.id = person
        AND (tier = 0 OR tier = 1 AND NOT ((SELECT access_beyond('record')) @> p.places)
             OR (SELECT people_care()) IS NOT NULL AND people_in_care(p.root, (SELECT people_care())))));
