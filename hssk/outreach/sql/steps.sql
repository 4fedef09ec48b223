-- Whose turn a household is: seen by both sides, where the household is and where the other station is.
SELECT access_wall('outreach_step', 'NOT ((SELECT access_outside()) @> -hamlet_id)
    OR NOT ((SELECT access_outside()) @> owner_id) OR NOT ((SELECT access_outside()) @> other_id)
    OR (SELECT access_may(''machine''))');
