-- Rows of lists of members: seen by who reads the rows of files in the unit of the organisation, whose
-- people alone they may be about; written by the machine.
SELECT access_wall('exchange_memberrow', $$
    (SELECT access_may('rows')) AND EXISTS (
        SELECT FROM exchange_memberfile f JOIN places_organisation o ON o.id = f.organisation_id
        WHERE f.id = file_id AND NOT ((SELECT access_outside()) @> o.unit_id))
    OR (SELECT access_may('machine'))$$);
