-- The wall of cards as beyond.sql has it, which asks for care as every wall does by now.
ALTER POLICY seen ON outreach_card USING (
    (SELECT access_may('machine'))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person
               AND (NOT ((SELECT access_beyond('lists')) @> p.places)
                    OR (SELECT people_care()) IS NOT NULL AND people_in_care(p.root, (SELECT people_care())))));
