-- The book of a session names people: whoever works there reads it, and the machine writes it.
SELECT access_wall('outreach_bookline',
    '(SELECT access_may(''move'')) AND NOT ((SELECT access_outside()) @> -hamlet_id)
    OR (SELECT access_may(''machine''))');
-- What came back lies with the unit of its session.
SELECT access_wall('outreach_bookrow', $$
    (SELECT access_may('move')) AND EXISTS (
        SELECT FROM outreach_bookfile f JOIN outreach_session s ON s.id = f.session_id
        WHERE f.id = file_id AND NOT ((SELECT access_outside()) @> s.unit_id))
    OR (SELECT access_may('machine'))$$);
